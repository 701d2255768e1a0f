package hl7

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// readAll parts a stream; errors of single pieces are counted.
func readAll(t testing.TB, r io.Reader) (out [][]byte, bad int) {
	t.Helper()
	for reader := NewReader(r); ; {
		m, err := reader.Next()
		switch {
		case errors.Is(err, io.EOF):
			return out, bad
		case err != nil:
			bad++
		case m.Raw != nil:
			out = append(out, m.Raw)
		}
	}
}

func TestReaderPartsEveryKindOfStream(t *testing.T) {
	one, two := "MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|B\rPID|2\r"
	for name, stream := range map[string]string{
		"CR":               one + two,
		"LF":               strings.ReplaceAll(one+two, "\r", "\n"),
		"CRLF":             strings.ReplaceAll(one+two, "\r", "\r\n"),
		"blank lines":      one + "\r\r" + two,
		"mixed":            one + "\n\n" + two,
		"MLLP":             "\x0b" + one + "\x1c\r\x0b" + two + "\x1c\r",
		"MLLP, no last CR": "\x0bMSH|^~\\&|A\rPID|1\x1c\r\x0b" + two + "\x1c",
		"no end":           strings.TrimSuffix(one+two, "\r"),
		"envelope":         "FHS|x\rBHS|y\r" + one + two + "BTS|2\rFTS|1\r",
	} {
		got, bad := readAll(t, strings.NewReader(stream))
		if bad != 0 || len(got) != 2 || string(got[0]) != one || string(got[1]) != two {
			t.Errorf("%s: %q, %d bad", name, got, bad)
		}
	}
	got, bad := readAll(t, strings.NewReader("hello\rworld\r"+one+"\x0bnoise\x1c"+two))
	if bad != 2 || len(got) != 2 { // the two lines are one piece, the frame with noise is another
		t.Errorf("noise: %q, %d bad", got, bad)
	}
}

func TestReaderPassesOverWhatIsTooLong(t *testing.T) {
	long := "MSH|^~\\&|A\rOBX|" + strings.Repeat("x", maxLine) + "\r"
	got, bad := readAll(t, strings.NewReader(long+"MSH|^~\\&|B\rPID|2\r"))
	if bad != 1 || len(got) != 1 || !bytes.Contains(got[0], []byte("|B")) {
		t.Errorf("%d messages, %d bad", len(got), bad)
	}
	got, bad = readAll(t, strings.NewReader("MSH|"+strings.Repeat("y", maxLine)+"\rMSH|^~\\&|B\r"))
	if bad != 1 || len(got) != 1 {
		t.Errorf("first line too long: %d messages, %d bad", len(got), bad)
	}
}

func TestFields(t *testing.T) {
	m, err := Parse([]byte(
		"MSH|^~\\&|S\\F\\Y|F\rPID|1||1^^^A^MR~2^^^B&9.9&ISO^NH||\"\"^x|a\\X0D0A\\b\\.br\\c\\E\\\\H\\d\\N\\\\Zx\\\r"))
	if err != nil {
		t.Fatal(err)
	}
	pid := m.First("PID")
	for _, c := range []struct{ got, want string }{
		{m.First("MSH").Text(1, 1), "|"}, {m.First("MSH").Text(2, 1), "^~\\&"}, {m.First("MSH").Text(3, 1), "S|Y"},
		{pid.Rep(3, 1, 1), "2"}, {pid.Rep(3, 1, 4), "B"}, {pid.Sub(3, 1, 4, 2), "9.9"}, {pid.Rep(3, 2, 1), ""},
		{pid.Text(5, 1), ""}, {pid.Text(5, 2), "x"}, {pid.Text(99, 1), ""},
		{pid.Text(6, 1), "a\n\nb\nc\\d\\Zx\\"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	own, err := Parse([]byte("MSH#*-!+#A\nPID#1##7*x+y-8\n"))
	if err != nil || own.First("PID").Rep(3, 1, 1) != "8" || own.First("PID").Sub(3, 0, 2, 2) != "y" {
		t.Errorf("declared delimiters: %v", err)
	}
	old, err := Parse([]byte("MSH|^~\\&|A\rPID|||1||M\xfcller^J\xf8rn\r"))
	if err != nil || old.First("PID").Text(5, 1) != "Müller" {
		t.Errorf("windows-1252: %v %q", err, old.First("PID").Text(5, 1))
	}
}

// What a sender forgot to escape in a text is text; in a coded text, that "&" is
// one. Seen red: with Text alone "Sulfa & trimethoprim" was "Sulfa", and "BP
// 120^80 & stable" was "BP 120".
func TestWholeTexts(t *testing.T) {
	m, err := Parse([]byte("MSH|^~\\&|A\r" +
		"OBX|1|TX|N||BP 120^80 & stable\\T\\so~second \\S\\ line|\r" +
		"AL1|1|DA|C1^Sulfa & trimethoprim^L^^ a\\T\\b & c |SV\r" +
		"NTE|1||\"\"\r" + "PID|1||1||Mar\u202esh^A\u200eda~Brook^Tom~Mar\\X0007\\sh\r"))
	if err != nil {
		t.Fatal(err)
	}
	obx, al1, nte, pid := m.First("OBX"), m.First("AL1"), m.First("NTE"), m.First("PID")
	for _, c := range []struct{ got, want string }{
		{obx.Whole(5, 0), "BP 120^80 & stable&so"}, {obx.Whole(5, 1), "second ^ line"}, {obx.Whole(5, 2), ""},
		{obx.Whole(9, 0), ""}, {obx.Text(5, 1), "BP 120"}, {obx.Component(5, 0, 2), "80 & stable&so"},
		{al1.Component(3, 0, 2), "Sulfa & trimethoprim"}, {al1.Component(3, 0, 5), "a&b & c"},
		{al1.Component(3, 1, 2), ""},
		{al1.Text(3, 2), "Sulfa"}, {nte.Whole(3, 0), ""}, {nte.Component(3, 0, 1), ""},
		{m.First("MSH").Whole(2, 0), "^~\\&"}, {m.First("MSH").Component(1, 0, 1), "|"},
		{pid.Text(5, 1), "Marsh"}, {pid.Text(5, 2), "Ada"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if !pid.Cleaned(5, 0) || pid.Cleaned(5, 1) || !pid.Cleaned(5, 2) || pid.Cleaned(9, 0) ||
		m.First("MSH").Cleaned(2, 0) {
		t.Error("which names held what steers or hides")
	}
}

func TestFormattedText(t *testing.T) {
	m, err := Parse([]byte(
		"MSH|^~\\&|A\rOBX|1|FT|N||\\.ti3\\a\\.sp2\\b\\.sk3\\c\\.fi\\\\.in-2\\d\\.ce\\e\\.xx\\f\\.sp+1\\g\\.sp9999\\h|\r"))
	if err != nil {
		t.Fatal(err)
	}
	want := "a\n\nb   cd\ne\\.xx\\f\ng" + strings.Repeat("\n", 80) + "h"
	if got := m.First("OBX").Whole(5, 0); got != want {
		t.Errorf("%q", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "\r\r", "PID|1", "MSH", "MSH|", "MSH|^|x\r", "MSH|^^\\&|x", "MSHa^~\\&ax",
		"MSH|^~\\&|x\rlower|1",
		"MSH|^~\\&|x\rPIDX|1", "MSH|^~\\&|x\rMSH|^~\\&|y", "MSH|^~\\&|x\rfree text in a field", "MSH|\x01~\\&|x"} {
		if _, err := Parse([]byte(s)); !errors.Is(err, ErrSyntax) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestTimes(t *testing.T) {
	oslo := time.FixedZone("", 3600)
	for s, want := range map[string]string{
		"20260302120500+0100": "2026-03-02T11:05:00Z", "20260302120500": "2026-03-02T11:05:00Z",
		"202603021205": "2026-03-02T11:05:00Z",
		"20260302":     "2026-03-01T23:00:00Z", "20260302120500.1234-0500": "2026-03-02T17:05:00.1234Z",
		"1934": "1933-12-31T23:00:00Z",
		"":     "", `""`: "", "2026030": "", "20261302": "", "20260230": "", "00000000": "", "20260302250000": "",
		"2026-03-02": "2026-03-01T23:00:00Z", "99999999999999999": "",
	} {
		got, ok := parseTime(s, oslo)
		if ok != (want != "") || ok && got.Format(time.RFC3339Nano) != want {
			t.Errorf("%q: %v %v, want %q", s, got, ok, want)
		}
	}
}

// escape writes a text into a field with the usual delimiters, as senders do.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\E\`, `|`, `\F\`, `^`, `\S\`, `&`, `\T\`, `~`, `\R\`,
		"\r\n", `\.br\`, "\r", `\.br\`, "\n", `\.br\`).Replace(s)
}

// FuzzEscape: text comes back from its escaped form as it was cleaned.
func FuzzEscape(f *testing.F) {
	f.Add(`a|b^c&d~e\f` + "\r\n")
	usual := delimiters{'|', '^', '~', '\\', '&', nil, nil}
	f.Fuzz(func(t *testing.T, s string) {
		e := escape(s)
		if strings.ContainsAny(e, "|^&~\r\n") {
			t.Fatalf("%q keeps a delimiter", e)
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
		if got := unescape(e, usual); got != want {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}
