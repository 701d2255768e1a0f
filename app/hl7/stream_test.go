package hl7

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// told is what a stream holds, in lines: a message by its control ID, surname
// and values; "refused" with the reason; "warns" with the text.
func told(t testing.TB, stream string) (out []string) {
	t.Helper()
	for reader := NewReader(strings.NewReader(stream)); ; {
		p, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		warnings := p.Warnings
		if err == nil && p.Raw != nil {
			var m *Message
			if m, err = p.Message(); err == nil {
				out = append(out, strings.TrimSpace(brief(m)))
				warnings = m.Warnings
			}
		}
		if err != nil {
			if !errors.Is(err, ErrSyntax) && !errors.Is(err, ErrTooLong) && !errors.Is(err, ErrCharset) {
				t.Fatal(err)
			}
			out = append(out, "refused: "+err.Error())
			continue
		}
		for _, w := range warnings {
			out = append(out, strings.TrimSpace("warns: "+w.Segment)+" "+w.Text)
		}
	}
}

func brief(m *Message) string {
	msh := m.First("MSH")
	words := []string{msh.Text(10, 1)}
	for _, s := range m.Segments {
		switch s.Name {
		case "PID":
			words = append(words, s.Text(5, 1))
		case "OBX":
			words = append(words, s.Whole(5, 0))
		case "NTE":
			words = append(words, s.Whole(3, 0))
		}
	}
	return strings.Join(words, " ")
}

// matches reports whether each line contains what is wanted of it.
func matches(got, want []string) bool {
	return slices.EqualFunc(got, want, func(g, w string) bool {
		if strings.HasPrefix(w, "refused") || strings.HasPrefix(w, "warns") {
			return strings.HasPrefix(g, w[:5]) && strings.Contains(g, w[strings.Index(w, ":")+2:])
		}
		return g == w
	})
}

const (
	head  = "MSH|^~\\&|A|B|C|D|20260310080000||ADT^A01|"
	one   = head + "m1|P|2.5\rPID|1||K1||Marsh\r"
	two   = head + "m2|P|2.5\rPID|1||K2||Brook\r"
	oru   = "MSH|^~\\&|A|B|C|D|20260310080000||ORU^R01|m3|P|2.5\rPID|1||K1||Marsh\r"
	value = "OBX|1|NM|8867-4^HR^LN||72|/min|||||F\r"
	lost  = "warns: OBX 1 the last segment has no end: this OBX is left out"
	cut   = "refused: a frame without its end byte"
)

func lf(s string) string   { return strings.ReplaceAll(s, "\r", "\n") }
func crlf(s string) string { return strings.ReplaceAll(s, "\r", "\r\n") }

// Each of these was seen as a report of somebody who runs an interface, or is
// of the same kind. Seen red with the reader that split at every CR and LF: 60
// of these cases.
func TestStreams(t *testing.T) {
	m1, m2 := "m1 Marsh", "m2 Brook"
	for name, c := range map[string]struct {
		stream string
		want   []string
	}{
		"empty":                     {"", nil},
		"only blanks":               {" \r\n\x00\f\x1a", nil},
		"byte order mark":           {"\ufeff" + one, []string{m1}},
		"marks after concatenation": {"\ufeff" + one + "\ufeff" + two, []string{m1, m2}},
		"mark glued to a segment": {strings.TrimSuffix(one, "\r") + "\ufeff" + two,
			[]string{m1, "warns: PID 1 the last segment has no end", m2}},
		"mark in a frame":             {"\x0b\ufeff" + one + "\x1c\r", []string{m1}},
		"mark before a frame":         {"\ufeff\x0b" + one + "\x1c\r", []string{m1}},
		"NUL before, between, behind": {"\x00\x00" + one + "\x00" + two + "\x00\x00", []string{m1, m2}},
		"NUL between frames": {"\x0b" + one + "\x1c\r\x00\x00\x0b" + two + "\x1c\r\x00",
			[]string{m1, m2}},
		"form feeds between":     {one + "\f\r" + "\f" + two, []string{m1, m2}},
		"form feeds between, LF": {lf(one) + "\f" + lf(two), []string{m1, m2}},
		"blanks before MSH":      {"  \t" + one + "   " + two, []string{m1, m2}},
		"indented segments":      {lf(strings.ReplaceAll(one, "PID", "   PID")), []string{m1}},
		"end of file of DOS":     {crlf(one) + "\x1a", []string{m1}},
		"many blank lines": {"\r\n\r\n" + crlf(one) + "\r\n\n\n" + crlf(two) + "\n\n",
			[]string{m1, m2}},
		"CRLF, blank LF, then LF":    {crlf(one) + "\n" + lf(two), []string{m1, m2}},
		"CR, then LF":                {one + lf(two), []string{m1, m2}},
		"LF, then CR, then CRLF":     {lf(one) + two + crlf(one), []string{m1, m2, m1}},
		"CRLF and LF in one message": {head + "m1|P|2.5\r\nPID|1||K1||Marsh\nPV1|1|I\r\n", []string{m1}},
		"CR twice":                   {strings.ReplaceAll(one, "\r", "\r\r"), []string{m1}},
		"CR CR LF":                   {strings.ReplaceAll(one, "\r", "\r\r\n"), []string{m1}},
		"one message on a line": {strings.TrimSuffix(one, "\r") + "\n" + strings.TrimSuffix(two, "\r") + "\n",
			[]string{m1, m2}},
		"one message on a line, in a log": {"2026-03-10 08:00:00 IN: " + strings.TrimSuffix(one,
			"\r") + "\n2026-03-10 08:00:01 IN: " + two,
			[]string{m1, "warns: text before MSH", m2, "warns: text before MSH"}},
		"and lines of the log between": {strings.TrimSuffix(one, "\r") + "\n2026-03-10 08:00:01 sent\n" + two,
			[]string{m1, "warns: lines of a log", m2}},
		"text before MSH": {"> " + one + "IN:" + two,
			[]string{m1, "warns: text before MSH", m2, "warns: text before MSH"}},
		"a length before MSH": {"000123" + one, []string{m1, "warns: text before MSH"}},
		"lines of a log": {"2026-03-10 08:00:00.123 [main] INFO start\n" + one + "2026-03-10 08:00:01 INFO sent\n" +
			two,
			[]string{"warns: 1 lines of a log", m1, "warns: lines of a log behind", m2}},
		"a log with bars": {"2026-03-10 08:00:00|INFO|in|" + one,
			[]string{m1, "warns: text before MSH"}},
		"a log of syslog": {"Mar 10 08:00:00 host recv: " + lf(one) + "Mar 10 08:00:01 host recv: " + lf(two),
			[]string{m1, "warns: text before MSH", m2, "warns: text before MSH"}},
		"a ruler between messages": {lf(one) + "--------\n" + lf(two),
			[]string{m1, "warns: lines of a log behind", m2}},
		"a log between the segments": {head + "m1|P|2.5\r2026-03-10 08:00:00 INFO x\rPID|1||K1||Marsh\r" + two,
			[]string{"refused: line 2 is no segment", m2}},
		"a log before each segment": {"2026-03-10 08:00:00 " + head +
			"m1|P|2.5\r2026-03-10 08:00:00 PID|1||K1||Marsh\r" + two,
			[]string{"refused: line 2 is no segment", m2}},
		"frames in a log": {"2026-03-10 08:00:00 recv \x0b" + one +
			"\x1c\r\n2026-03-10 08:00:00 ACK\n2026-03-10 08:00:01 recv \x0b" + two + "\x1c\r\n",
			[]string{m1, "warns: text before MSH", "warns: 1 lines of a log", m2, "warns: text before MSH"}},
		"words before a frame": {"IN \x0b" + one + "\x1c\r", []string{m1, "warns: text before MSH"}},
		"text that is of no log": {"hello\r" + one,
			[]string{"refused: text outside of a message (at byte 1)", m1}},
		"the rest of a message": {"8867-4^HR^LN||12||||||F\r" + one, []string{"refused: text outside", m1}},
		"segments without MSH": {"PID|1||K9||Nobody\rOBX|1|NM|X||1\r" + one,
			[]string{"refused: text outside", m1}},
		"MSH of nonsense":    {one + "MSH|\r" + two, []string{m1, "refused: no MSH", m2}},
		"frames":             {"\x0b" + one + "\x1c\r\x0b" + two + "\x1c\r", []string{m1, m2}},
		"frames of LF":       {"\x0b" + lf(one) + "\x1c\n\x0b" + lf(two) + "\x1c\n", []string{m1, m2}},
		"frames without CR":  {"\x0b" + one + "\x1c\x0b" + two + "\x1c", []string{m1, m2}},
		"frame ends alone":   {one + "\x1c\r" + two + "\x1c\r", []string{m1, m2}},
		"frame starts twice": {"\x0b\x0b" + one + "\x1c\r", []string{m1}},
		"frame ends twice":   {"\x0b" + one + "\x1c\x1c\r\x0b" + two + "\x1c\r", []string{m1, m2}},
		"empty frames":       {"\x0b\x1c\r\x0b\r\x1c\r\x0b" + one + "\x1c\r", []string{m1}},
		"a frame of noise": {"\x0bnoise\x1c\r\x0b" + one + "\x1c\r",
			[]string{"refused: text outside", m1}},
		"two messages in a frame": {"\x0b" + one + two + "\x1c\r", []string{m1, m2}},
		"frame without end": {"\x0b" + one + "\x1c\r\x0b" + two,
			[]string{m1, cut + " is refused whole (at byte"}},
		"frame without end, then another": {"\x0b" + oru + "OBX|1|NM|X||12\x0b" + two + "\x1c\r", []string{cut, m2}},
		"frame of two without end":        {"\x0b" + one + two, []string{cut}},
		"frame of noise without end":      {"\x0bnoise", []string{cut}},
		"frame that another begins":       {"\x0b" + one + "\x0b" + two + "\x1c\r", []string{cut, m2}},
		"frame after a message":           {one + "\x0b" + two + "\x1c\r", []string{m1, m2}},
		"frame after a cut message": {oru + "OBX|1|NM|X||12\x0b" + two + "\x1c\r",
			[]string{"m3 Marsh", lost, m2}},
		"vertical tabs in a text": {oru + "OBX|1|TX|R||one\x0btwo||||||F\r", []string{"m3 Marsh one\ntwo"}},
		"LF is text": {oru + "OBX|1|TX|R||one\ntwo||||||F\r" + value,
			[]string{"m3 Marsh one\ntwo 72"}},
		"LF is text in a frame": {"\x0b" + oru + "OBX|1|TX|R||one\ntwo||||||F\r" + value + "\x1c\r",
			[]string{"m3 Marsh one\ntwo 72"}},
		"blank lines are text": {oru + "OBX|1|TX|R||one\n\n\ntwo\n||||||F\r" + value,
			[]string{"m3 Marsh one\n\n\ntwo 72"}},
		"form feeds in a text": {oru + "OBX|1|TX|R||one\n\ftwo||||||F\r", []string{"m3 Marsh one\n\ntwo"}},
		"LF is text where CRLF ends": {crlf(oru) + "OBX|1|TX|R||one\ntwo||||||F\r\n" + crlf(value),
			[]string{"m3 Marsh one\ntwo 72"}},
		"a text like a segment": {oru + "NTE|1||so:\nOBX|9|NM|X||12\r" + value,
			[]string{"m3 Marsh so:\nOBX 72", "warns: NTE 1 a line of its text begins as a segment"}},
		"a text with a date": {oru + "OBX|1|TX|R||seen\n2026-03-10 08:00:00 stable||||||F\r" + two,
			[]string{"m3 Marsh seen\n2026-03-10 08:00:00 stable", m2}},
		"a text that speaks of MSH": {oru + "OBX|1|TX|R||MSH is wrong\nMSH: see below||||||F\r",
			[]string{"m3 Marsh MSH is wrong\nMSH: see below"}},
		"a text that quotes MSH": {oru + "OBX|1|TX|R||see " + escape(head) + "||||||F\r",
			[]string{"m3 Marsh see " + head}},
		"a frame that quotes a message": {"\x0b" + oru + "NTE|1||so:\n" + lf(one) + "\x1c\r",
			[]string{"m3 Marsh so:\nMSH", "warns: NTE 1 a line of its text begins as a segment"}},
		"a segment runs into a message": {oru + "OBX|1|NM|X||12" + one + two,
			[]string{"refused: a segment runs into the header", m2}},
		"a text quotes a message": {oru + "OBX|1|TX|R||so:\n" + lf(one) + "\r" + two,
			[]string{"refused: a segment runs into the header", m2}},
		"a text of lines that end in LF": {lf(oru) + "OBX|1|TX|R||one\ntwo||||||F\n" + two,
			[]string{"refused: line 4 is no segment", m2}},
		"a text with CRLF": {oru + "OBX|1|TX|R||one\r\ntwo||||||F\r" + two,
			[]string{"refused: line 4 is no segment", m2}},
		"no end": {strings.TrimSuffix(one, "\r"),
			[]string{m1, "warns: PID 1 the last segment has no end: it may be cut"}},
		"cut in a number":     {oru + "OBX|1|NM|X||12", []string{"m3 Marsh", lost}},
		"cut behind a number": {oru + "OBX|1|NM|X||120|mm", []string{"m3 Marsh", lost}},
		"cut in a number, LF": {lf(oru) + "OBX|1|NM|X||12", []string{"m3 Marsh", lost}},
		"cut in a time":       {oru + "OBX|1|NM|X||72|/min|||||F|||2026031", []string{"m3 Marsh", lost}},
		"a whole value without end": {oru + strings.TrimSuffix(value, "\r"),
			[]string{"m3 Marsh 72", "warns: OBX 1 the last segment has no end: it may be cut"}},
		"a whole value that ends in LF": {oru + strings.TrimSuffix(value, "\r") + "\n", []string{"m3 Marsh 72"}},
		"cut in a text, behind an LF":   {oru + "OBX|1|TX|R||IMPRESSION:\n", []string{"m3 Marsh", lost}},
		"the second OBX is cut": {oru + value + "OBX|2|NM|X||12",
			[]string{"m3 Marsh 72", "warns: OBX 2 the last segment has no end: this OBX"}},
		"a batch": {"FHS|^~\\&\rBHS|^~\\&\r" + one + two + "BTS|2\rFTS|1\r", []string{m1, m2}},
		"a batch, LF": {lf("FHS|^~\\&\rBHS|^~\\&\r" + one + two + "BTS|2\rFTS|1\r"),
			[]string{m1, m2}},
		"a batch in a frame": {"\x0bBHS|^~\\&\r" + one + two + "BTS|2\r\x1c\r", []string{m1, m2}},
		"a batch in frames": {"\x0bBHS|^~\\&\r\x1c\r\x0b" + one + "\x1c\r\x0b" + two + "\x1c\r\x0bBTS|3\r\x1c\r",
			[]string{m1, m2, "warns: BTS BTS-1 says 3 messages, 2 came"}},
		"a count that differs": {"BHS|x\r" + one + "BTS|7|x\r",
			[]string{m1, "warns: BTS BTS-1 says 7 messages, 1 came"}},
		"a count of files that differs": {"FHS|x\rBHS|x\r" + one + "BTS|1\rBHS|x\r" + two + "BTS|1\rFTS|3\r",
			[]string{m1, m2, "warns: FTS FTS-1 says 3 batches, 2 came"}},
		"a file without batches": {"FHS|x\r" + one + two + "FTS|1\r", []string{m1, m2}},
		"counts that are empty":  {"FHS|x\rBHS|x\r" + one + "BTS\rFTS|\r", []string{m1}},
		"a count that is none": {"BHS|x\r" + one + "BTS|one\r",
			[]string{m1, "warns: BTS BTS-1 is no number"}},
		"a count with what is refused": {"BHS|x\r" + one + "MSH|\rBTS|2\r", []string{m1, "refused: no MSH"}},
		"a batch that is cut":          {"BHS|x\r" + one, []string{m1, "warns: BHS a batch has no end"}},
		"a trailer alone":              {one + "BTS|1\r", []string{m1}},
		"segments behind a trailer": {one + "BTS|1\rOBX|1|NM|X||12\r" + two,
			[]string{m1, "refused: text outside", m2}},
		"NUL in a number":                {oru + "OBX|1|NM|X||1\x002||||||F\r", []string{"m3 Marsh 1 2"}},
		"NUL around a number":            {oru + "OBX|1|NM|X||\x0012\x00||||||F\r", []string{"m3 Marsh 12"}},
		"an override in a number":        {oru + "OBX|1|NM|X||1\u202e2||||||F\r", []string{"m3 Marsh 1 2"}},
		"NUL in hexadecimal in a number": {oru + "OBX|1|NM|X||1\\X00\\2||||||F\r", []string{"m3 Marsh 1 2"}},
		"own delimiters": {"MSH$%~?#$A$B$C$D$2026$$ADT%A01$m1$P$2.5\rPID$1$$K1$$Marsh\r" + two,
			[]string{m1, m2}},
		"a record of another format first": {"Name;Vorname\n" + lf(one), []string{"refused: text outside", m1}},
	} {
		if got := told(t, c.stream); !matches(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestStreamsInUTF16(t *testing.T) {
	stream := "\ufeff" + strings.Replace(one, "Marsh", "Łukasz 山田", 1) + two
	for name, e := range map[string]unicode.Endianness{"little": unicode.LittleEndian, "big": unicode.BigEndian} {
		for _, declared := range []string{"", "UNICODE UTF-16", "8859/1"} {
			text := strings.ReplaceAll(stream, "|P|2.5", "|P|2.5||||||"+declared)
			for _, mark := range []bool{true, false} {
				if !mark {
					text = strings.TrimPrefix(text, "\ufeff")
				}
				b, err := unicode.UTF16(e, unicode.IgnoreBOM).NewEncoder().String(text)
				if err != nil {
					t.Fatal(err)
				}
				got := slices.DeleteFunc(told(t, b), func(s string) bool { return strings.HasPrefix(s, "warns: MSH") })
				if want := []string{"m1 Łukasz 山田", "m2 Brook"}; !matches(got, want) {
					t.Errorf("%s %q: %q", name, declared, got)
				}
			}
		}
	}
	b, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(one)
	broken := b[:len(b)-6] + "\x00\xd8" + b[len(b)-4:] // half of a pair
	if got := told(t, broken); !matches(got, []string{"refused: is not UTF-16"}) {
		t.Errorf("%q", got)
	}
}

// TestCasesOfBytes reads the given inputs of the kind "which bytes".
func TestCasesOfBytes(t *testing.T) {
	for file, want := range map[string][]string{
		"40-bom":            {"c1 Marsh"},
		"41-nul-between":    {"c1 Marsh", "c2 Brook"},
		"43-junk-same-line": {"c1 Marsh", "warns: text before MSH", "c2 Brook", "warns: text before MSH"},
		"44-lf-in-text":     {"c1 Marsh", "c3 Marsh IMPRESSION:\nLarge pneumothorax 82"},
		"45-cut-frame":      {"c1 Marsh", cut},
		"46-batch-count":    {"c1 Marsh", "warns: BTS BTS-1 says 7 messages, 1 came"},
		"39-charsets": {"c0 Иванова", "c1 Чернышёв", "c2 Wójcik", "c3 Černý", "c4 Şahin", "c5 Šarlotta", "c6 Müller",
			"warns: MSH 1 no MSH-18, and the message is not UTF-8: read as windows-1252", "c7 Müller", "c8 Łukasz",
			"c9 诸葛", "c10 許功蓋", "c11 김", "c12 Παπαδόπουλος", "c13 כהן",
			"refused: hl7: not of the declared character set: PID 1 (line 2, byte 23) is not ISO-2022-JP"},
	} {
		b, err := os.ReadFile("testdata/cases/" + file + ".hl7")
		if err != nil {
			t.Fatal(err)
		}
		if got := told(t, string(b)); !matches(got, want) {
			t.Errorf("%s\n got %q\nwant %q", file, got, want)
		}
	}
}

func TestMisfitNamesItsPlace(t *testing.T) {
	reader := NewReader(strings.NewReader("\x0b" + one + "\x1c\r\x0b" + two))
	if _, err := reader.Next(); err != nil {
		t.Fatal(err)
	}
	_, err := reader.Next()
	var m *Misfit
	if !errors.As(err, &m) || m.Control != "m2" || m.At != int64(len(one))+3 || !errors.Is(err, ErrSyntax) {
		t.Errorf("%+v", m)
	}
}
