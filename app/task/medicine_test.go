package task_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
)

var now = time.Date(2026, 5, 6, 14, 0, 0, 0, time.UTC)

func dose(id, text string, due, given time.Duration) task.Task {
	t := task.Task{ID: id, Patient: "p1", Kind: task.Medicine, Text: text, Due: now.Add(due)}
	if given != open {
		t.Outcome, t.Closed, t.ClosedBy = task.Done, now.Add(given), "chen"
	}
	return t
}

const open = time.Duration(1<<62 - 1)

func allergies(to ...string) (out []patient.Allergy) {
	for _, s := range to {
		out = append(out, patient.Allergy{Substance: s})
	}
	return out
}

// Seen red with the allergies not looked at, with salts counted as names, with the window
// of EarlyBy at nought, with near comparing due times alone, with care not asked about before its
// time, and with names compared as they are written.
func TestMedicineIsAskedAbout(t *testing.T) {
	care := func(due time.Duration) task.Task {
		k := dose("t1", "Turn left", due, open)
		k.Kind = task.Care
		return k
	}
	left := dose("o1", "Paracetamol", 0, -10*time.Minute)
	left.Outcome = task.Omitted
	dead := patient.Gone{State: patient.Dead}
	for name, c := range map[string]struct {
		task     task.Task
		others   []task.Task
		gone     patient.Gone
		allergic []patient.Allergy
		early    time.Duration
		again    string
		hurts    string
	}{
		"on time":          {task: dose("t1", "Paracetamol", 0, open)},
		"late":             {task: dose("t1", "Paracetamol", -3*time.Hour, open)},
		"within the limit": {task: dose("t1", "Paracetamol", task.EarlyBy, open)},
		"past the limit": {task: dose("t1", "Paracetamol", task.EarlyBy+time.Second, open),
			early: task.EarlyBy + time.Second},
		"care of a round":        {task: care(task.CareEarlyBy)},
		"care hours early":       {task: care(5 * time.Hour), early: 5 * time.Hour},
		"care just past a round": {task: care(task.CareEarlyBy + time.Second), early: task.CareEarlyBy + time.Second},
		"care may be twice":      {task: care(0), others: []task.Task{dose("o1", "Turn left", 0, -time.Minute)}},
		"itself is no other": {task: dose("t1", "Paracetamol", 0, open),
			others: []task.Task{dose("t1", "Paracetamol", 0, 0)}},
		"given half an hour ago": {task: dose("t1", "Paracetamol", 0, open),
			others: []task.Task{dose("o1", "Paracetamol", -4*time.Hour, -30*time.Minute)}, again: "o1"},
		"given at its time by another row": {task: dose("t1", "Paracetamol", -2*time.Hour, open),
			others: []task.Task{dose("o1", "Paracetamol", -2*time.Hour, -115*time.Minute)}, again: "o1"},
		"the dose before": {task: dose("t1", "Paracetamol", 0, open),
			others: []task.Task{dose("o1", "Paracetamol", -6*time.Hour, -6*time.Hour)}},
		"another medicine": {task: dose("t1", "Paracetamol", 0, open),
			others: []task.Task{dose("o1", "Ibuprofen", 0, -time.Minute)}},
		"written otherwise": {task: dose("t1", "Paracetamol 1 g", 0, open),
			others: []task.Task{dose("o1", "PARACETAMOL  500 mg tablet", 0, -time.Minute)}, again: "o1"},
		"one that was left out": {task: dose("t1", "Paracetamol", 0, open), others: []task.Task{left}},
		"one that is open": {task: dose("t1", "Paracetamol", 0, open),
			others: []task.Task{dose("o1", "Paracetamol", 0, open)}},
		"the newest of two": {task: dose("t1", "Paracetamol", 0, open), others: []task.Task{
			dose("o1", "Paracetamol", 0, -20*time.Minute), dose("o2", "Paracetamol", 0, -5*time.Minute),
			dose("o3", "Paracetamol", 0, -40*time.Minute)}, again: "o2"},
		"who died": {task: care(0), gone: dead},
		"an allergy": {task: dose("t1", "Penicillin V 500 mg", 0, open), allergic: allergies("Penicillin"),
			hurts: "Penicillin"},
		"an allergy, recorded late": {task: dose("t1", "PENICILLIN", -20*time.Hour, open),
			allergic: allergies("Latex", "penicillin"), hurts: "penicillin"},
		"part of a name": {task: dose("t1", "Benzylpenicillin 1.2 g i.v.", 0, open), allergic: allergies("Penicillins"),
			hurts: "Penicillins"},
		"of one class": {task: dose("t1", "Amoxicillin with clavulanate 1.2 g", 0, open),
			allergic: allergies("Penizilline"), hurts: "Penizilline"},
		"written with more": {task: dose("t1", "Penicillin", 0, open), allergic: allergies("Penicillin (rash)"),
			hurts: "Penicillin (rash)"},
		"two of them": {task: dose("t1", "Co-trimoxazole", 0, open),
			allergic: allergies("Trimoxazole", "co-trimoxazole", "Trimoxazole"), hurts: "Trimoxazole; co-trimoxazole"},
		"one with a comma": {task: dose("t1", "Penicillin V", 0, open),
			allergic: allergies("Penicillin, oral", "Penicillin G"), hurts: "Penicillin, oral; Penicillin G"},
		"another accent": {task: dose("t1", "Acétylsalicylic acid 100 mg", 0, open),
			allergic: allergies("acetylsalicylic acid"), hurts: "acetylsalicylic acid"},
		"a salt alone": {task: dose("t1", "Folic acid 5 mg", 0, open),
			allergic: allergies("Acetylsalicylic acid")},
		"only a salt": {task: dose("t1", "Potassium 8 mmol", 0, open), allergic: allergies("potassium"),
			hurts: "potassium"},
		"hyphenated": {task: dose("t1", "Co-trimoxazole 960 mg", 0, open),
			allergic: allergies("Cotrimoxazole"), hurts: "Cotrimoxazole"},
		"not hyphenated": {task: dose("t1", "Cotrimoxazole 960 mg", 0, open),
			allergic: allergies("Co-trimoxazole"), hurts: "Co-trimoxazole"},
		"three letters with a strength": {task: dose("t1", "ASS 500 mg", 0, open), allergic: allergies("ASS 100"),
			hurts: "ASS 100"},
		"grass is in no setron": {task: dose("t1", "Granisetron 1 mg", 0, open),
			allergic: allergies("Grass pollen")},
		"nor in a cell's":        {task: dose("t1", "Filgrastim 30 MU", 0, open), allergic: allergies("Grass")},
		"nor cress in an enzyme": {task: dose("t1", "Creon 25000", 0, open), allergic: allergies("Cress")},
		"nuts are no nutrition":  {task: dose("t1", "Parenteral nutrition", 0, open), allergic: allergies("Nuts")},
		"one vitamin is not another": {task: dose("t1", "Vitamin B12 1 mg", 0, open),
			allergic: allergies("Vitamin K")},
		"the same vitamin": {task: dose("t1", "Vitamin K 10 mg", 0, open), allergic: allergies("Vitamin K"),
			hurts: "Vitamin K"},
		"a mite is no strength": {task: dose("t1", "Beloc-Zok mite", 0, open),
			allergic: allergies("House dust mite")},
		"a short name beside a long one": {task: dose("t1", "ASS 100 mg", 0, open),
			allergic: allergies("ASS (Aspirin)"),
			hurts:    "ASS (Aspirin)"},
		"an abbreviation": {task: dose("t1", "MTX 7.5 mg", 0, open), allergic: allergies("MTX (methotrexate)"),
			hurts: "MTX (methotrexate)"},
		"another ending": {task: dose("t1", "Codein 30 mg", 0, open), allergic: allergies("Codeine"),
			hurts: "Codeine"},
		"and the other way": {task: dose("t1", "Morphine 10 mg", 0, open), allergic: allergies("Morphin"),
			hurts: "Morphin"},
		"a word that joins": {task: dose("t1", "Paracetamol and caffeine", 0, open),
			allergic: allergies("Nuts and seeds")},
		"the English ending": {task: dose("t1", "Metamizol 500 mg", 0, open), allergic: allergies("Metamizole"),
			hurts: "Metamizole"},
		"no medicine it names": {task: dose("t1", "Ibuprofen", 0, open), allergic: allergies("Penicillin", "", "Nut")},
	} {
		d := task.DoubtsOf(c.task, task.Known{Others: c.others, Allergy: patient.NoKnownAllergies, Allergic: c.allergic,
			Gone: c.gone}, "", now)
		if d.Early != c.early || d.Again.ID != c.again || d.Gone != c.gone ||
			strings.Join(d.Allergic, "; ") != c.hurts {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// Whatever was asked, a yes to exactly that leaves nothing to ask; a yes to anything
// else leaves it. A dose that is neither early nor near another is never asked about.
//
// Seen red with But taking a yes to one dose for a yes to any, and to any way of being gone.
func TestMedicineDoubtsAndTheYesToThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := func(label string) time.Duration {
			return time.Duration(rapid.IntRange(-600, 600).Draw(t, label)) * time.Minute
		}
		one := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
		k := dose("t1", one("text", "Paracetamol", "Ibuprofen 400 mg"), minutes("due"), open)
		if rapid.Bool().Draw(t, "care") {
			k.Kind = task.Care
		}
		var others []task.Task
		near, last := false, task.Task{Closed: now.Add(-1000 * time.Hour), Due: k.Due}
		for n := range rapid.IntRange(0, 4).Draw(t, "others") {
			o := dose(one("other", "a", "b", "c")+string(rune('0'+n)), one("its text", "paracetamol 1 g", "IBUPROFEN"),
				minutes("its due"), -minutes("given").Abs())
			others = append(others, o)
			same := (o.Text == "IBUPROFEN") == (k.Text == "Ibuprofen 400 mg")
			near = near || same && (now.Sub(o.Closed) <= task.AgainWithin || o.Due.Sub(k.Due).Abs() <= task.AgainWithin)
			if same && o.Closed.After(last.Closed) {
				last = o
			}
		}
		between := max(k.Due.Sub(last.Due), last.Due.Sub(k.Due))
		near = near || now.Sub(last.Closed) < between/2
		gone := patient.Gone{State: rapid.SampledFrom([]patient.GoneState{patient.Here, patient.Discharged,
			patient.Moved,
			patient.Dead}).Draw(t, "gone")}
		allergic := allergies(one("allergy", "Latex", "paracetamol"))
		status := rapid.SampledFrom([]patient.AllergyStatus{"", patient.AllergiesRecorded}).Draw(t, "status")
		d := task.DoubtsOf(k, task.Known{Others: others, Allergy: status, Allergic: allergic, Gone: gone}, "x", now)
		medicine := k.Kind == task.Medicine
		early := k.Due.Sub(now) > task.EarlyBy
		if !medicine {
			early = k.Due.Sub(now) > task.CareEarlyBy
		}
		if (d.Early > 0) != early ||
			(d.Again.ID != "") != (medicine && near) || d.Gone != gone ||
			(len(d.Allergic) > 0) != (k.Text == "Paracetamol" && allergic[0].Substance == "paracetamol") {
			t.Fatalf("%+v of %+v and %+v", d, k, others)
		}
		if left := d.But(d.Sure()); left.Any() {
			t.Fatalf("asked again: %+v", left)
		}
		other := d.Sure()
		other.Again += "x"
		if d.Again.ID != "" && !d.But(other).Any() {
			t.Fatal("a yes to another dose counts for this one")
		}
		other = d.Sure()
		other.Allergic = append(slices.Clone(other.Allergic), "x")
		if len(d.Allergic) > 0 && !d.But(other).Any() {
			t.Fatal("a yes to another allergy counts for this one")
		}
		other = d.Sure()
		other.Gone.At, other.Gone.Ward = other.Gone.At.Add(time.Minute), other.Gone.Ward+"x"
		if d.Gone.Is() && !d.But(other).Any() {
			t.Fatal("a yes to one discharge counts for another")
		}
		if d.Any() && !d.But(task.Sure{}).Any() {
			t.Fatal("nobody was asked")
		}
	})
}

// Seen red with Needs asking for EditChart alone: a care assistant gave it.
func TestMedicineIsForNursesAndDoctors(t *testing.T) {
	for role, may := range map[staff.Role]bool{staff.Nurse: true, staff.ChargeNurse: true, staff.Doctor: true,
		staff.CareAssistant: false, staff.IT: false, "other": false} {
		if role.May(task.Medicine.Needs()) != may {
			t.Errorf("%s: %v", role, !may)
		}
	}
	if !staff.CareAssistant.May(task.Care.Needs()) {
		t.Error("a care assistant turns nobody")
	}
}

// Seen red with CanTakeBack not comparing who closed it, and with the stay left out.
func TestMedicineIsTakenBackByWhoGaveIt(t *testing.T) {
	given := dose("t1", "Paracetamol", 0, -time.Hour)
	for name, c := range map[string]struct {
		task     task.Task
		who      string
		admitted time.Time
		over     bool
		want     error
	}{
		"own act":            {given, "chen", now.Add(-48 * time.Hour), false, nil},
		"stay not known":     {given, "chen", time.Time{}, false, nil},
		"another's":          {given, "diaz", now.Add(-48 * time.Hour), false, task.ErrNotOwn},
		"nobody's":           {given, "", now.Add(-48 * time.Hour), false, task.ErrNotOwn},
		"the stay is over":   {given, "chen", now.Add(-48 * time.Hour), true, task.ErrStayOver},
		"of the stay before": {given, "chen", now, false, task.ErrStayOver},
		"still open":         {dose("t1", "Paracetamol", 0, open), "chen", time.Time{}, false, task.ErrNotClosed},
	} {
		if got := c.task.CanTakeBack(c.who, c.admitted, c.over); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
