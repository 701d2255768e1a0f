package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
)

// What warnings of one kind have in common is said in words, not as a program writes it;
// a piece that is no message has no number of one, and a refusal no program's words.
func TestDetailsAreInWords(t *testing.T) {
	text := "nonsense\r\n\r\nMSH|^~\\&|LAB|OAK|||20260310081200+0000||ORU^R01|1|P|2.5\rPID|1||K1^^^OAK^MR\r" +
		"\rMSH|^~\\&|ADT|OAK|||20260310081200+0000||ADT^A01|2|P|2.5\rPID|1||K2^^^OAK^MR||B^C||19600304|F\rPV1|1|I|6N^^01^OAK\r" +
		"\rMSH|^~\\&|LAB|OAK|||20260310081200+0000||ORU^R01|3|P|2.5\rPID|1||K2^^^OAK^MR\rOBR|1||F1|V\r" +
		"OBX|1|NM|59408-5^SpO2^LN||830|%|||||F|||20260310080000+0000\rOBX|2|NM|8867-4^HR^LN||71|/min|||||F|||20260310080000+0000\r" +
		"\rMSH|^~\\&|ADT|OAK|||20260310081200+0000||ADT^A01|4|P|2.5\rPID|1||||B^C\r"
	r, err := hl7.Import(t.Context(), strings.NewReader(text), record(t), hl7.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, d := range r.Details {
		said = append(said, d.String()+" ["+d.Kind+"]")
		if strings.Contains(d.Kind, "%") || strings.Contains(d.Text, "hl7:") {
			t.Errorf("%q %q", d.Kind, d.Text)
		}
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"before the first message: ", "SpO2 is not possible […: … is not possible]",
		`message 4 (MSH-10 "4"): refused: PID-3 names nobody`} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if r.Observations != 2 || r.Unread != 1 || r.Known != 0 {
		t.Errorf("%+v", r)
	}
}

// A number without an authority is nobody's where the site has none set: the reason says
// which setting that is.
func TestABareNumberNamesTheSetting(t *testing.T) {
	text := "MSH|^~\\&|LAB|OAK|||20260310081200+0000||ORU^R01|1|P|2.5\rPID|1||K1\rOBR|1||F1|V\rOBX|1|NM|8867-4^HR^LN||71|/min|||||F\r"
	for authority, want := range map[string]string{"": "site.authority is not set", "OAK": "nobody has this number"} {
		r, err := hl7.Import(t.Context(), strings.NewReader(text), record(t), hl7.ImportOptions{Authority: authority})
		if err != nil || r.Parked != 1 || !strings.HasSuffix(r.Details[len(r.Details)-1].Text, want) {
			t.Errorf("%q: %v %v", authority, err, r.Details)
		}
	}
}

// One patient's part of a message is the header and what follows their PID.
func TestPart(t *testing.T) {
	raw := []byte("MSH|^~\\&|LAB|OAK|||20260310||ORU^R01|1|P|2.5\rPID|1||K1\rOBX|1|NM|a\rPID|2||K2\rOBX|1|NM|b\rPID|3||K3\r")
	lines, of, err := hl7.Part(raw, 1)
	if want := "MSH|^~\\&|LAB|OAK|||20260310||ORU^R01|1|P|2.5\nPID|2||K2\nOBX|1|NM|b"; err != nil || of != 3 ||
		strings.Join(lines, "\n") != want {
		t.Errorf("%d %v\n%s", of, err, strings.Join(lines, "\n"))
	}
	if _, _, err := hl7.Part(raw, 3); err == nil {
		t.Error("a fourth of three")
	}
}
