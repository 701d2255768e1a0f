package place_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/place"
)

// Each holds one condition of the rules: without it the history is another. Seen red
// with that condition taken away.
var rules = []struct{ name, events, want, notes string }{
	{"a cancel that names another transfer's time takes none back",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/02\n10:00 cancel-transfer V1 I 6N/01 of=07:00",
		"V1[6N/01 08:00-09:00, 6N/02 09:00-10:00, 6N/01 10:00-]; now 6N/01", "OnlyPlace"},
	{"a cancel of a stranger's admission is not that of the stay",
		"08:00 admit - I 6N/01 adm=08:00\n09:30 cancel-admit - I DAY adm=11@09:00\n11:00 cancel-admit - I -",
		"[6N/01 08:00-11:00]cancelled; now -", "NothingToUndo"},
	{"of two events of one time a cancel takes the one that stands",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/02\n09:00 transfer V1 I 6N/03\n09:30 cancel-transfer V1 I - of=09:00\n10:00 cancel-transfer V1 I - of=09:00",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"an update that names the end begins no visit", "08:00 update V1 I 6N/01 dis=07:30", "now -", "Unheard"},
	{"a return beside another stay begins none", "08:00 admit V1 I 6N/01\n09:00 return V2 I 7S/01",
		"V1[6N/01 08:00-]; now 6N/01", "Unheard"},
	{"an admission stands before what only a transfer shows", "08:00 admit V1 I 6N/01\n09:00 transfer V2 I 7S/01",
		"V1[6N/01 08:00-]; V2[7S/01 09:00-09:00]superseded; now 6N/01", ""},
	{"registered twice, a day apart, is admitted again",
		"08:00 admit V1 I 6N/01 who=K1\n08:01 admit V9 I 7S/01 day=2 who=K9\n09:00 transfer V1 I 6N/02 day=2 who=K1",
		"V1[6N/01 08:00-08:01]superseded; V9[7S/01 08:01-]; now 7S/01", "NoDischarge AfterEnd"},
	{"registered twice in two beds, one discharge ends one",
		"08:00 admit V1 I 6N/01 who=K1\n08:01 admit V9 I 6N/02 who=K9\n12:00 discharge V9 I 6N/02 who=K9",
		"V1[6N/01 08:00-]; V9[6N/02 08:01-12:00]discharged; now 6N/01", ""},
	{"a clinic's visit does not hold back when a stay began",
		"07:30 update V9 O EYE rec=07:30\n08:30 admit V1 I 6N/01 began=07:00 rec=08:30\n07:10 transfer V1 I 6N/02 rec=08:40",
		"V1[6N/01 07:00-07:10, 6N/02 07:10-]; now 6N/02", ""},
	{"a discharge from where the stay was before is of that stay",
		"06:00 admit V0 I 6N/01\n07:00 discharge V0 I 6N/01\n08:00 admit V1 I 6N/01\n09:00 transfer V1 I 7S/01\n10:00 discharge - I 6N/01",
		"V0[6N/01 06:00-07:00]discharged; V1[6N/01 08:00-09:00, 7S/01 09:00-10:00]discharged; now -", ""},
	{"a change of class uses a number again",
		"07:00 register V1 E ED/3\n08:00 discharge V1 E ED/3\n09:00 to-inpatient V1 I 6N/01",
		"V1[ED/3 07:00-08:00]discharged; V1[6N/01 09:00-]; now 6N/01", ""},
	{"what names a later admission is not of the visit that is over",
		"08:00 admit - I 6N/01\n09:00 discharge - I 6N/01\n11:00 update - I 7S/02 adm=10:30",
		"[6N/01 08:00-09:00]discharged; [7S/02 10:30-]; now 7S/02", ""},
	{"a number of two authorities is nobody's without one",
		"08:00 admit V1@OAK I 6N/01\n08:30 register V1@ELM O EYE\n09:00 discharge V1 I 6N/01",
		"V1[6N/01 08:00-]; V1[]superseded; now 6N/01", "Unheard"},
}

func TestRules(t *testing.T) {
	for _, c := range rules {
		events := said(t, c.events)
		permute(events, func(ev []place.Event) {
			h := place.Fold(ev)
			if got := written(h); got != c.want {
				t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
			}
			var notes []string
			for _, e := range said(t, c.events) {
				for _, n := range h.Notes[e.ID] {
					notes = append(notes, noteNames[n])
				}
			}
			if got := strings.Join(notes, " "); got != c.notes {
				t.Errorf("%s: notes %q, want %q", c.name, got, c.notes)
			}
		})
	}
}

// A stay does not end before it began. Seen red without the bound.
func TestNoStayEndsBeforeItBegan(t *testing.T) {
	v := place.Fold(said(t, "08:00 admit V1 I 6N/01\n10:00 discharge V1 I 6N/01 dis=07:00")).Visits[0]
	if v.Ended.Before(v.Admitted) {
		t.Errorf("%s to %s", v.Admitted, v.Ended)
	}
}

// A bed's code without its room is the only bed of that code, or none. Seen red: a new
// bed was made of it.
func TestABedWithoutItsRoom(t *testing.T) {
	a, b := place.Bed{Name: "12-A", Room: "12", Code: "A"}, place.Bed{Name: "14-A", Room: "14", Code: "A"}
	for _, c := range []struct {
		beds  []place.Bed
		name  string
		known place.Known
	}{{nil, "A", place.NewBed}, {[]place.Bed{a}, "12-A", place.ThisBed}, {[]place.Bed{a, b}, "", place.SeveralBeds},
		{[]place.Bed{a, b, {Name: "A", Code: "A"}}, "A", place.ThisBed}} {
		if name, known := place.BedName(c.beds, "", "A"); name != c.name || known != c.known {
			t.Errorf("%+v: %q %d", c.beds, name, known)
		}
	}
}
