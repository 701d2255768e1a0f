package alert_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
)

// A number that is said twice, or that may be another's, is shown, named as a flaw, and
// leads to nobody; the bed does. Seen red: the last number had the alert.
func TestADoubtfulNumberLeadsToNobody(t *testing.T) {
	for sent, want := range map[string]string{
		`{"mrn":"1001","mrn":"1002","text":"x"}`:                            " 1001 · 1002",
		`{"mrn":"1001","MRN":"1002","bed":"04","text":"x"}`:                 "p4 1001 · 1002",
		`{"mrn":"1002","mrn":1002,"text":"x"}`:                              "p1002 1002",
		`{"patient":{"mrn":"1002"},"text":"x"}`:                             "p1002 1002",
		`{"mother":{"mrn":"1002"},"text":"x"}`:                              " 1002",
		`{"a":{"patient":{"mrn":"1"}},"patient":{"mrn":"1002"},"text":"x"}`: " 1 · 1002",
		`{"patient":{"mrn":"1002","number":"1003"},"text":"x"}`:             " 1002 · 1003",
		`{"patient":{"mrn":["1002","1003"]},"text":"x"}`:                    ` ["1002","1003"]`,
	} {
		b := receive(t, beds{}, sent)
		if len(b.moves) != 1 {
			t.Fatalf("%s: %+v", sent, b.moves)
		}
		if a := b.moves[0].Alert; a.Patient+" "+a.Sent != want {
			t.Errorf("%s: %q %q, want %q", sent, a.Patient, a.Sent, want)
		}
	}
	for _, sent := range []string{`{"patient":{"mrn":"1002","number":"1003"},"text":"x"}`,
		`{"patient":{"mrn":["1002","1003"]},"text":"x"}`, `{"mother":{"mrn":"1002"},"text":"x"}`} {
		if r, err := alert.ParseRequest([]byte(sent)); err != nil || !r.Doubtful {
			t.Errorf("%s: %+v %v", sent, r, err)
		}
	}
	for sent, want := range map[string][]string{
		`{"mrn":"1001","mrn":"1002","text":"x"}`:                               {"mrn"},
		`{"text":"SpO2 80","text":"All clear"}`:                                {"text"},
		`{"text":"x","priority":"low","priority":"high"}`:                      {"priority"},
		`{"text":"x","at":1773133140,"at":1773133200}`:                         {"at"},
		`{"patient":{"mrn":"1002"},"text":"x"}`:                                {"mrn"},
		`{"text":"x","mrn":"1","MRN":"1","bed":"2","bed":2,"id":"a","id":"a"}`: {"bed", "bed"},
	} {
		r, err := alert.ParseRequest([]byte(sent))
		if want[0] == "bed" {
			want = want[:1]
		}
		if err != nil || !slices.Equal(r.Flaws, want) {
			t.Errorf("%s: flaws %q, %v", sent, r.Flaws, err)
		}
	}
}

// Each object of a message is an alert of its own, and a broken one does not lose the
// others. Seen red: one technical alert, and what the objects said was lost.
func TestSeveralAlertsInOneMessage(t *testing.T) {
	for sent, want := range map[string][]string{
		`[{"mrn":"1002","priority":"low","text":"a"},{"priority":"medium","text":"b"}]`: {"low a p1002",
			"medium b "},
		`{"priority":"low","text":"a"}{"priority":"medium","text":"b"}`: {"low a ",
			"medium b "},
		"{\"priority\":\"low\",\"text\":\"a }, { b\"}\n{\"priority\":\"medium\",\"text\":\"b\"}\n": {"low a }, { b ",
			"medium b "},
		`[{"priority":"low","text":"a"},{"priority":"med`: {"low a ",
			"high An alert came without a text. Look at the patient, and tell IT. "},
		`[{"priority":"low","text":NaN},{"priority":"medium","text":"b"}]`: {"low NaN ", "medium b "},
		`[{"priority":"low","text":"a},{"priority":"medium","text":"b"}]`:  {"low a} ", "medium b "},
		`[{"text":"a"},null]`:         {"high a "},
		`[{"text":"a"},{"text":"a"}]`: {"high a ", "high a "},
		`[{"text":"a"},7]`: {"high a ",
			"technical A message on the alert intake could not be read: not one JSON object. Tell IT. "},
		`"[{\"text\":\"a\"},{\"text\":\"b\"}]"`: {"high a ", "high b "},
	} {
		var got []string
		for _, m := range receive(t, beds{}, sent).moves {
			got = append(got, fmt.Sprint(m.Alert.Priority, " ", m.Alert.Text, " ", m.Alert.Patient))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", sent, got, want)
		}
	}
}
