package hl7

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzReader: whatever the bytes, nothing panics; each segment of a message
// that is taken stands in the input as it is; a message that was read reads the
// same again; and nothing is taken from a frame without its end.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{"", one, oru + value, "\x0b" + one + "\x1c\r", "MSH|^~\\&|\\X41\\|\\X\\|\\\r",
		"MSH#*-!+#A\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, p := range pieces(t, b) {
			for _, s := range bytes.Split(bytes.TrimSuffix(p.Raw, []byte{'\r'}), []byte{'\r'}) {
				if !p.decoded && !bytes.Contains(b, s) {
					t.Fatalf("%q is not in the input", s)
				}
			}
			if again := append(bytes.Join(segmentsOf(p.Raw), []byte{'\r'}), '\r'); !bytes.Equal(again, p.Raw) {
				t.Fatalf("%q reads again as %q", p.Raw, again)
			}
			m, err := p.Message()
			if err != nil {
				continue
			}
			for _, s := range m.Segments {
				for field := range 20 {
					for rep := range s.Repeats(field) {
						if text := s.Whole(field, rep) + s.Component(field, rep, 1) + s.Sub(field, rep, 4,
							2); !utf8.ValidString(text) {
							t.Fatalf("%q is no text", text)
						}
						_ = s.Cleaned(field, rep)
					}
				}
				vitalOf(s)
			}
		}
		if p := pieces(t, b); len(p) > 0 && p[0].decoded {
			return
		}
		inside := strings.NewReplacer("\x0b", "", "\x1c", "").Replace(string(b))
		cut := append(append([]byte{}, b...), "\x0bMSH|^~\\&|A|B|C|D|2026||ADT^A01|CUT-FRAME|P|2.5\r"+inside...)
		for _, p := range pieces(t, cut) {
			if bytes.Contains(p.Raw, []byte("CUT-FRAME")) && !p.decoded {
				t.Fatalf("taken from a frame without its end: %q", p.Raw)
			}
		}
	})
}

// pieces are the messages of a stream.
func pieces(t testing.TB, b []byte) (out []Piece) {
	for reader := NewReader(bytes.NewReader(b)); ; {
		p, err := reader.Next()
		switch {
		case errors.Is(err, io.EOF):
			return out
		case errors.Is(err, ErrSyntax), errors.Is(err, ErrTooLong):
		case err != nil:
			t.Fatal(err)
		case p.Raw != nil:
			out = append(out, p)
		}
	}
}

// FuzzCharset: whatever a message says it is and whatever its bytes are, it is
// refused or it is text: valid, without characters that stand for what could
// not be read, and what was ASCII as it was.
func FuzzCharset(f *testing.F) {
	for _, name := range []string{"", "ASCII", "8859/1", "8859/5", "BIG-5", "ISO IR87", "UNICODE UTF-8", "KLINGON",
		"GB 18030-2000"} {
		f.Add(name, []byte("M\xfcller^\x1b$B;3ED\x1b(B"))
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if strings.ContainsAny(name, "|\r\n") || bytes.ContainsAny(text, "\r\n") {
			return
		}
		raw := append([]byte("MSH|^~\\&|A|B|C|D|20260310080000||ADT^A01|m1|P|2.5||||||"+name+"\rNTE|1||"), text...)
		m, err := Parse(raw)
		if err != nil {
			if !errors.Is(err, ErrCharset) && !errors.Is(err, ErrSyntax) {
				t.Fatal(err)
			}
			return
		}
		var all strings.Builder
		for _, s := range m.Segments {
			for field := range s.fields {
				all.WriteString(s.Raw(field))
			}
		}
		got := all.String()
		if !utf8.ValidString(got) || strings.ContainsRune(got, utf8.RuneError) &&
			!strings.Contains(string(raw), "\ufffd") {
			t.Fatalf("%q: %q became %q", name, text, got)
		}
		ascii := !bytes.ContainsFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf || r == 0x1b })
		if ascii && len(text) > 0 &&
			!strings.Contains(got, strings.Trim(strings.ReplaceAll(string(text), "|", ""), "\x00\n")) {
			t.Fatalf("%q: %q became %q", name, text, got)
		}
	})
}
