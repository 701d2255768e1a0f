package place_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/place"
)

// said reads events from lines "08:00 admit V1 I 6N/01": time (a cancel's is that
// of its record), kind, visit ("-": none), class ("-": none), place ("-": none;
// "6N" is a ward without a bed), and after them "of=08:00" what a cancel cancels,
// "adm=07:00" and "dis=…" the times of PV1-44 and -45, "from=6N/01", "r=reason",
// "day=2" a later day, "preg=y", "acc=A1" an account; "rec=09:00" and "sent=09:00" are
// EVN-2 and MSH-7, and "began=07:00" is PV1-44 of an admission of which no other time
// is told. "adm=-30@07:00" is a time of another day.
func said(t testing.TB, text string) []place.Event {
	t.Helper()
	var out []place.Event
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		f := strings.Fields(line)
		if len(f) < 5 {
			t.Fatalf("%q", line)
		}
		day := 1
		for _, x := range f[5:] {
			if d, ok := strings.CutPrefix(x, "day="); ok {
				fmt.Sscan(d, &day)
			}
		}
		at := func(clock string) time.Time {
			on := day
			if d, rest, other := strings.Cut(clock, "@"); other {
				fmt.Sscan(d, &on)
				clock = rest
			}
			c, err := time.Parse("15:04", clock)
			if err != nil {
				t.Fatal(err)
			}
			return time.Date(2026, 3, 9+on, c.Hour(), c.Minute(), 0, 0, time.UTC)
		}
		e := place.Event{ID: fmt.Sprint("e", n), Kind: place.Kind(f[1]), At: at(f[0]), To: where(f[4])}
		if f[2] != "-" {
			e.Visit.Value, e.Visit.Authority, _ = strings.Cut(f[2], "@")
		}
		if f[3] != "-" {
			e.Class = f[3]
		}
		for _, x := range f[5:] {
			key, value, _ := strings.Cut(x, "=")
			switch key {
			case "of":
				e.Occurred = at(value)
			case "adm":
				if e.NoAdmitted = value == "none"; !e.NoAdmitted {
					e.Admitted = at(value)
				}
			case "dis":
				if e.NoDischarged = value == "none"; !e.NoDischarged {
					e.Discharged = at(value)
				}
			case "rec":
				e.Recorded = at(value)
			case "sent":
				e.Sent = at(value)
			case "began":
				e.Began, e.Admitted = at(value), at(value)
			case "who":
				e.Of = value
			case "acc":
				e.Account.Value = value
			case "from":
				e.From = where(value)
			case "r":
				e.Reason = &value
			case "prior":
				e.Prior.Value = value
			case "to":
				e.PlannedTo = value
			case "preg":
				yes := value == "y"
				e.Pregnant = &yes
			}
		}
		out = append(out, e)
	}
	return out
}

func where(s string) (w place.Where) {
	if s == "-" {
		return
	}
	w.Ward, w.Bed, _ = strings.Cut(s, "/")
	if room, ok := strings.CutPrefix(w.Bed, "room"); ok {
		w.Bed, w.Room = "", room
	}
	return
}

// written is a history in one line: visits by admission, each with its stays, and
// where the patient is.
func written(h place.History) string {
	var out []string
	for _, v := range h.Visits {
		var stays []string
		for _, s := range v.Stays {
			line := place1(s.Where) + " " + s.Since.Format("15:04") + "-"
			if !s.Until.IsZero() {
				line += s.Until.Format("15:04")
			}
			stays = append(stays, line)
		}
		line := fmt.Sprintf("%s[%s]", v.Number.Value, strings.Join(stays, ", "))
		if v.End != place.Open {
			line += string(v.End)
		}
		if !v.Leave.IsZero() {
			line += " leave " + v.Leave.Format("15:04")
		}
		if v.Planned != nil {
			line += " " + string(v.Planned.Kind)
		}
		out = append(out, line)
	}
	if h.Planned != nil {
		out = append(out, string(h.Planned.Kind))
	}
	return strings.Join(append(out, "now "+place1(h.Here())), "; ")
}

func place1(w place.Where) string {
	switch {
	case w.Ward == "":
		return "-"
	case w.Room != "":
		return w.Ward + "/room" + w.Room
	case w.Bed == "":
		return w.Ward
	}
	return w.Ward + "/" + w.Bed
}

var cases = []struct{ name, events, want, notes string }{
	{"admitted", "08:00 admit V1 I 6N/01", "V1[6N/01 08:00-]; now 6N/01", ""},
	{"admitted earlier than told", "08:00 admit V1 I 6N/01 adm=07:00", "V1[6N/01 07:00-]; now 6N/01", ""},
	{"no bed, then a room", "08:00 admit - I 6N\n09:00 transfer - I 6N/room12",
		"[6N 08:00-09:00, 6N/room12 09:00-]; now 6N/room12", ""},
	{"transfer", "08:00 admit V1 I 6N/01\n10:00 transfer V1 I 7S from=6N/01",
		"V1[6N/01 08:00-10:00, 7S 10:00-]; now 7S", ""},
	{"transfer after the discharge by its time",
		"08:00 admit V1 I 6N/01\n10:00 discharge V1 I 6N/01\n10:30 transfer V1 I 7S/02",
		"V1[6N/01 08:00-10:00]discharged; now -", "AfterEnd"},
	{"late transfer", "08:00 admit - I 6N/01\n10:00 discharge - I 6N/01\n09:30 transfer - I 6N/09 from=6N/01",
		"[6N/01 08:00-09:30, 6N/09 09:30-10:00]discharged; now -", ""},
	{"clinic visit", "08:00 admit V1 I 6N/01\n10:00 register V2 O EYE\n11:00 discharge V2 O EYE",
		"V1[6N/01 08:00-]; V2[]discharged; now 6N/01", ""},
	{"clinic visit without numbers",
		"08:00 admit - I 6N/01\n10:00 register - O EYE\n10:30 update - O EYE\n11:00 discharge - O EYE",
		"[6N/01 08:00-]; []discharged; now 6N/01", ""},
	{"clinic's update, without a registration or a number",
		"08:00 admit - I 6N/01\n10:30 update - O EYE\n11:00 discharge - O EYE",
		"[6N/01 08:00-]; now 6N/01", ""},
	{"clinic's update under the inpatient's number", "08:00 admit V1 I 6N/01\n10:30 update V1 O EYE",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"preadmission, recurring, commercial",
		"08:00 admit V1 I 6N/01\n09:00 register V2 P 7S/02\n09:10 register V3 R DIAL/1\n09:20 register V4 C X/1",
		"V1[6N/01 08:00-]; V2[7S/02 09:00-09:00]superseded; V3[DIAL/1 09:10-09:10]superseded; V4[X/1 09:20-09:20]superseded; now 6N/01", ""},
	{"outpatient in a bed", "08:00 register V1 O DAY/3", "V1[DAY/3 08:00-]; now DAY/3", ""},
	{"outpatient without a bed", "08:00 register V1 O DAY", "V1[]; now -", ""},
	{"emergency to inpatient", "08:00 register - E ED/C3\n09:00 to-inpatient - I 6N/01 from=ED/C3",
		"[ED/C3 08:00-09:00, 6N/01 09:00-]; now 6N/01", ""},
	{"clinic to inpatient", "08:00 register V1 O EYE\n09:00 to-inpatient V1 I 6N/01",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"to outpatient", "08:00 admit V1 I 6N/01\n09:00 to-outpatient V1 O EYE", "V1[6N/01 08:00-09:00]; now -", ""},
	{"to outpatient, in another bed", "08:00 admit V1 I 6N/01\n09:00 to-outpatient V1 O DAY/2",
		"V1[6N/01 08:00-09:00, DAY/2 09:00-]; now DAY/2", ""},
	{"to outpatient, the bed repeated", "08:00 admit V1 I 6N/01\n09:00 to-outpatient V1 O 6N/01",
		"V1[6N/01 08:00-09:00]; now -", "BedKept"},
	{"update before the admission", "08:00 update V1 I 6N/01\n09:00 admit V1 I 6N/02",
		"V1[6N/01 08:00-09:00, 6N/02 09:00-]; now 6N/02", ""},
	{"update after the discharge", "08:00 admit V1 I 6N/01\n09:00 discharge V1 I 6N/01\n10:00 update V1 I 6N/01",
		"V1[6N/01 08:00-09:00]discharged; now -", ""},
	{"update of an old visit", "08:00 admit V2 I 6N/01\n09:00 update V1 I 7S/04", "V2[6N/01 08:00-]; now 6N/01",
		"Unheard"},
	{"discharge of another visit", "08:00 admit V2 I 6N/01\n09:00 discharge V1 I 7S/04", "V2[6N/01 08:00-]; now 6N/01",
		"Unheard"},
	{"missed discharge", "08:00 admit V1 I 6N/01\n10:00 admit V2 I 7S/02\n11:00 discharge V1 I 6N/01",
		"V1[6N/01 08:00-10:00]superseded; V2[7S/02 10:00-]; now 7S/02", "NoDischarge"},
	{"missed discharge, and the admission was a mistake",
		"08:00 admit V1 I 6N/01\n10:00 admit V2 I 7S/02\n11:00 cancel-admit V2 I 7S/02",
		"V1[6N/01 08:00-]; V2[7S/02 10:00-11:00]cancelled; now 6N/01", ""},
	{"cancelled admission, updated later",
		"08:00 admit - I 6N/01\n09:00 cancel-admit - I 6N/01\n10:00 update - I 6N/01",
		"[6N/01 08:00-09:00]cancelled; now -", "Unheard"},
	{"cancelled admission, admitted anew",
		"08:00 admit V1 I 6N/01\n09:00 cancel-admit V1 I 6N/01\n10:00 admit V1 I 6N/02",
		"V1[6N/01 08:00-09:00]cancelled; V1[6N/02 10:00-]; now 6N/02", ""},
	{"admission cancelled twice",
		"08:00 admit - I 6N/01\n09:00 admit - I 7S/01\n10:00 cancel-admit - I 7S/01\n10:01 cancel-admit - I 7S/01",
		"[6N/01 08:00-]; [7S/01 09:00-10:00]cancelled; now 6N/01", "NothingToUndo"},
	{"cancel of an admission that nobody heard of", "08:00 update V1 I 6N/01\n09:00 cancel-admit V1 I 6N/01",
		"V1[6N/01 08:00-09:00]cancelled; now -", ""},
	{"back to the emergency department",
		"08:00 register V1 E ED/3\n09:00 admit V1 I 6N/01\n09:30 cancel-admit V1 I 6N/01 of=09:00",
		"V1[ED/3 08:00-]; now ED/3", ""},
	{"cancelled transfer",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/02\n10:00 cancel-transfer V1 I 6N/01 of=09:00",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"cancelled transfer, not the last",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/02\n09:30 transfer V1 I 6N/03\n10:00 cancel-transfer V1 I 6N/03 of=09:00",
		"V1[6N/01 08:00-09:30, 6N/03 09:30-]; now 6N/03", ""},
	{"cancel that repeats where the transfer led",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/02\n10:00 cancel-transfer V1 I 6N/02 of=09:00",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"transfer cancelled twice",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/02\n09:10 transfer V1 I 6N/03\n10:00 cancel-transfer V1 I 6N/02\n10:01 cancel-transfer V1 I 6N/02",
		"V1[6N/01 08:00-09:00, 6N/02 09:00-]; now 6N/02", "OnlyPlace"},
	{"cancel of a transfer that nobody heard of", "08:00 admit V1 I 6N/02\n10:00 cancel-transfer V1 I 6N/01 of=07:00",
		"V1[6N/02 08:00-10:00, 6N/01 10:00-]; now 6N/01", "OnlyPlace"},
	{"cancelled discharge",
		"08:00 admit V1 I 6N/01\n09:00 discharge V1 I 6N/01\n10:00 cancel-discharge V1 I 6N/01 of=09:00",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"cancelled discharge, to another bed",
		"08:00 admit - I 6N/01\n09:00 discharge - I 6N/01\n10:00 cancel-discharge - I 6N/02",
		"[6N/01 08:00-10:00, 6N/02 10:00-]; now 6N/02", ""},
	{"cancel of a discharge that nobody heard of", "10:00 cancel-discharge V1 I 6N/01", "V1[6N/01 10:00-]; now 6N/01",
		"OnlyPlace"},
	{"cancelled discharge of an older visit",
		"08:00 admit V1 I 6N/01\n09:00 discharge V1 I 6N/01\n10:00 admit V2 I 7S/02\n11:00 cancel-discharge V1 I 6N/01",
		"V1[6N/01 08:00-10:00]superseded; V2[7S/02 10:00-]; now 7S/02", "NoDischarge"},
	{"leave", "08:00 admit V1 I 6N/01\n09:00 leave V1 I 6N/01", "V1[6N/01 08:00-] leave 09:00; now 6N/01", ""},
	{"leave and back in another bed", "08:00 admit V1 I 6N/01\n09:00 leave V1 I -\n10:00 return V1 I 6N/02",
		"V1[6N/01 08:00-10:00, 6N/02 10:00-]; now 6N/02", ""},
	{"cancelled leave", "08:00 admit V1 I 6N/01\n09:00 leave V1 I -\n10:00 cancel-leave V1 I -",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"cancelled return", "08:00 admit V1 I 6N/01\n09:00 leave V1 I -\n10:00 return V1 I -\n11:00 cancel-return V1 I -",
		"V1[6N/01 08:00-] leave 09:00; now 6N/01", ""},
	{"deleted", "08:00 admit V1 I 6N/01\n10:00 admit V2 I 7S/01\n11:00 delete V2 I 7S/01",
		"V1[6N/01 08:00-]; V2[7S/01 10:00-11:00]deleted; now 6N/01", ""},
	{"planned transfer", "08:00 admit V1 I 6N/01\n09:00 plan-transfer V1 I 6N/01 to=7S",
		"V1[6N/01 08:00-] plan-transfer; now 6N/01", ""},
	{"planned transfer, done", "08:00 admit V1 I 6N/01\n09:00 plan-transfer V1 I 6N/01 to=7S\n10:00 transfer V1 I 7S",
		"V1[6N/01 08:00-10:00, 7S 10:00-]; now 7S", ""},
	{"planned transfer, given up",
		"08:00 admit V1 I 6N/01\n09:00 plan-transfer V1 I - to=7S\n10:00 cancel-plan-transfer V1 I -",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"planned discharge, done", "08:00 admit V1 I 6N/01\n09:00 plan-discharge V1 I -\n10:00 discharge V1 I -",
		"V1[6N/01 08:00-10:00]discharged; now -", ""},
	{"planned admission", "08:00 plan-admission V1 I 6N/01", "plan-admission; now -", ""},
	{"planned admission, done", "08:00 plan-admission V1 I 6N/01\n09:00 admit V1 I 6N/01",
		"V1[6N/01 09:00-]; now 6N/01", ""},
	{"planned admission, given up", "08:00 plan-admission - I 6N/01\n09:00 cancel-plan-admission - I 6N/01",
		"now -", ""},
	{"number of a visit told later", "08:00 admit - I 6N/01\n09:00 discharge V1 I 6N/01",
		"V1[6N/01 08:00-09:00]discharged; now -", ""},
	{"number of a visit left out", "08:00 admit V1 I 6N/01\n09:00 discharge - I 6N/01",
		"V1[6N/01 08:00-09:00]discharged; now -", ""},
	{"number without its authority", "08:00 admit V1@OAK I 6N/01\n09:00 discharge V1 I 6N/01",
		"V1[6N/01 08:00-09:00]discharged; now -", ""},
	{"number of another authority", "08:00 admit V1@OAK I 6N/01\n09:00 discharge V1@ELM I 6N/01",
		"V1[6N/01 08:00-]; now 6N/01", "Unheard"},
	{"number changed", "08:00 admit V1 I 6N/01\n08:30 renumber V9 I - prior=V1\n09:00 discharge V9 I 6N/01",
		"V1[6N/01 08:00-09:00]discharged; now -", ""},
	{"admission told twice", "08:00 admit - I 6N/01 adm=07:00\n08:30 admit - I 6N/02 adm=07:00",
		"[6N/01 07:00-08:30, 6N/02 08:30-]; now 6N/02", ""},
	{"unnumbered readmission", "08:00 admit - I 6N/01\n08:00 admit - I 6N/01 day=3",
		"[6N/01 08:00-08:00]superseded; [6N/01 08:00-]; now 6N/01", "NoDischarge"},
	{"number used again",
		"08:00 admit V1 I 6N/01\n09:00 discharge V1 I 6N/01\n10:00 admit V1 I 7S/01\n11:00 transfer V1 I 7S/02",
		"V1[6N/01 08:00-09:00]discharged; V1[7S/01 10:00-11:00, 7S/02 11:00-]; now 7S/02", ""},
	{"other prior place", "08:00 admit V1 I 6N/01\n09:00 transfer V1 I 6N/03 from=6N/02",
		"V1[6N/01 08:00-09:00, 6N/03 09:00-]; now 6N/03", "OtherPrior"},
	{"transfer known before it was told",
		"08:00 admit V1 I 6N/01\n09:00 update V1 I 6N/03\n09:01 transfer V1 I 6N/03 from=6N/01",
		"V1[6N/01 08:00-09:00, 6N/03 09:00-]; now 6N/03", ""},
	{"discharged by PV1-45", "08:00 admit V1 I 6N/01\n10:00 discharge V1 I 6N/01 dis=09:40",
		"V1[6N/01 08:00-09:40]discharged; now -", ""},
	{"PV1-45 without a discharge", "08:00 admit V1 I 6N/01\n10:00 update V1 I 6N/01 dis=09:40",
		"V1[6N/01 08:00-]; now 6N/01", "OtherEnd"},
	{"cancel that names another place", "08:00 admit V1 I 6N/01\n09:00 cancel-admit V1 I 7S/01",
		"V1[6N/01 08:00-09:00]cancelled; now -", "OtherPlace"},
	{"cancel that names another class", "08:00 admit V1 I 6N/01\n09:00 cancel-admit V1 E 6N/01",
		"V1[6N/01 08:00-09:00]cancelled; now -", "OtherClass"},
	{"cancel that names another time", "08:00 admit V1 I 6N/01\n09:00 cancel-admit V1 I 6N/01 of=07:00",
		"V1[6N/01 08:00-09:00]cancelled; now -", "OtherMoment"},
	{"discharge from another place", "08:00 admit V1 I 6N/01\n09:00 discharge V1 I 7S/01",
		"V1[6N/01 08:00-09:00]discharged; now -", "EndElsewhere"},
	{"number changed that nobody has", "08:00 admit V1 I 6N/01\n08:30 renumber V9 I - prior=V7",
		"V1[6N/01 08:00-]; now 6N/01", "OtherNumber"},
	{"the end's time corrected",
		"08:00 admit V1 I 6N/01\n10:00 discharge V1 I 6N/01 dis=09:40\n11:00 update V1 I 6N/01 dis=09:50",
		"V1[6N/01 08:00-09:50]discharged; now -", ""},
	{"the end's time taken back",
		"08:00 admit V1 I 6N/01\n10:00 discharge V1 I 6N/01 dis=09:40\n11:00 update V1 I 6N/01 dis=none",
		"V1[6N/01 08:00-10:00]discharged; now -", "EndTakenBack"},
	{"no end's time, and no end", "08:00 admit V1 I 6N/01\n10:00 update V1 I 6N/01 dis=none",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"the admission's time taken back", "08:00 admit V1 I 6N/01 adm=07:00\n09:00 update V1 I 6N/01 adm=none",
		"V1[6N/01 08:00-]; now 6N/01", ""},
	{"discharge of an older stay, without a number",
		"08:00 admit V1 I 6N/01 adm=08:00\n09:30 discharge - I DAY adm=-30@09:00",
		"V1[6N/01 08:00-]; now 6N/01", "OtherVisit"},
	{"discharge of the older stay that is known",
		"08:00 admit - I 6N/01 day=-30\n09:00 discharge - I 6N/01 day=-29\n08:00 admit - I 6N/02\n09:30 discharge - I 6N/01 adm=-30@08:00",
		"[6N/01 08:00-09:00]discharged; [6N/02 08:00-]; now 6N/02", "OtherVisit"},
	{"discharge with the day of the admission alone",
		"08:00 admit V1 I 6N/01 adm=08:00\n09:30 discharge - I 6N/01 adm=00:00",
		"V1[6N/01 00:00-09:30]discharged; now -", ""},
	{"discharge of a stay whose admission nobody heard of",
		"08:00 transfer V1 I 6N/01\n09:30 discharge - I 6N/01 adm=-3@09:00",
		"V1[6N/01 09:00-09:30]discharged; now -", ""},
	{"update of an older stay, without a number",
		"08:00 admit V1 I 6N/01 adm=08:00\n09:30 update - I 7S/03 adm=-30@09:00 dis=-25@09:00",
		"V1[6N/01 08:00-]; now 6N/01", "OtherVisit"},
	{"transfer of an older stay, without a number",
		"08:00 admit V1 I 6N/01 adm=08:00\n09:30 transfer - I 7S/03 adm=-30@09:00", "V1[6N/01 08:00-]; now 6N/01",
		"OtherVisit"},
	{"admission of an older stay, without a number",
		"08:00 admit V1 I 6N/01 adm=08:00\n09:30 admit - I 7S/03 began=-30@09:00", "V1[6N/01 08:00-]; now 6N/01",
		"OtherVisit"},
	{"cancel of another admission, without a number",
		"08:00 admit - I 6N/01 adm=08:00\n09:30 cancel-admit - I DAY adm=11@09:00",
		"[6N/01 08:00-]; now 6N/01", "NothingToUndo OtherVisit"},
	{"what is updated after it",
		"08:00 admit - I 6N/01 adm=08:00\n09:30 cancel-admit - I DAY adm=11@09:00\n10:00 transfer - I 6N/02\n11:00 cancel-admit - I 6N/02",
		"[6N/01 08:00-10:00, 6N/02 10:00-11:00]cancelled; now -", "NothingToUndo"},
	{"discharge from the emergency department",
		"07:00 register - E ED/3 adm=07:00\n08:00 admit - I 6N/01 adm=08:00\n09:00 discharge - E ED/3 adm=07:00",
		"[ED/3 07:00-08:00]superseded; [6N/01 08:00-]; now 6N/01", "OtherVisit"},
	{"the same without a time", "07:00 register - E ED/3\n08:00 admit - I 6N/01\n09:00 discharge - E ED/3",
		"[ED/3 07:00-08:00]superseded; [6N/01 08:00-]; now 6N/01", "OtherVisit"},
	{"transfer within the emergency department, told late",
		"07:00 register - E ED/3\n08:00 admit - I 6N/01\n09:00 transfer - E ED/4 from=ED/3",
		"[ED/3 07:00-08:00]superseded; [6N/01 08:00-]; now 6N/01", "OtherVisit"},
	{"accounts", "08:00 admit - I 6N/01 acc=A1\n09:30 discharge - I DAY acc=A2", "A1[6N/01 08:00-]; now 6N/01",
		"Unheard"},
	{"an account, then the number of its visit",
		"08:00 admit - I 6N/01 acc=A1\n09:00 transfer V1 I 6N/02 acc=A1\n10:00 discharge - I 6N/02 acc=A1",
		"V1[6N/01 08:00-09:00, 6N/02 09:00-10:00]discharged; now -", ""},
	{"one account of a stay and of a clinic",
		"08:00 admit - I 6N/01 acc=A1\n09:00 register - O EYE acc=A1\n10:00 discharge - O EYE acc=A1",
		"A1[6N/01 08:00-]; []discharged; now 6N/01", ""},
	{"one account of a patient's stays",
		"08:00 admit - I 6N/01 acc=A1 adm=08:00\n08:00 admit - I 7S/01 acc=A1 day=5 adm=08:00\n09:00 discharge - I 6N/01 acc=A1 day=6 adm=1@08:00",
		"A1[6N/01 08:00-08:00]superseded; A1[7S/01 08:00-]; now 7S/01", "NoDischarge OtherVisit"},
	{"admission told late, and a transfer since",
		"08:30 admit V1 I 6N/01 began=08:00 rec=08:30\n08:25 transfer V1 I 7S/03 rec=08:35",
		"V1[6N/01 08:00-08:25, 7S/03 08:25-]; now 7S/03", ""},
	{"admission told late, not before what was told earlier",
		"07:50 update V1 I ED/3 rec=07:50\n08:30 admit V1 I 6N/01 began=07:00 rec=08:30",
		"V1[ED/3 07:00-07:50, 6N/01 07:50-]; now 6N/01", ""},
	{"admission told again",
		"08:30 admit V1 I 6N/01 began=08:00 rec=08:30\n08:40 transfer V1 I 7S/03 rec=08:40\n09:00 admit V1 I 7S/04 began=08:00 rec=09:00",
		"V1[6N/01 08:00-08:40, 7S/03 08:40-09:00, 7S/04 09:00-]; now 7S/04", ""},
	{"emergency department, then admitted, by one admission time",
		"07:00 register V1 E ED/3 adm=07:00\n08:00 admit V1 I 6N/01 began=07:00 rec=08:00",
		"V1[ED/3 07:00-08:00, 6N/01 08:00-]; now 6N/01", ""},
	{"transfer dated a year before", "08:00 admit V1 I 6N/01\n09:00 transfer V1 I 7S/03 day=-300 rec=1@09:00",
		"V1[6N/01 08:00-09:00, 7S/03 09:00-]; now 7S/03", "Early"},
	{"discharge dated the day before", "08:00 admit V1 I 6N/01\n10:00 discharge V1 I 6N/01 day=0 rec=1@10:00",
		"V1[6N/01 08:00-10:00]discharged; now -", "Early"},
	{"the same without a number",
		"08:00 admit V1 I 6N/01 adm=08:00\n10:00 discharge - I 6N/01 day=0 rec=1@10:00 adm=1@08:00",
		"V1[6N/01 08:00-10:00]discharged; now -", "Early"},
	{"discharge recorded before the admission, sent after it",
		"08:00 admit V1 I 6N/01 sent=08:00\n07:55 discharge V1 I 6N/01 rec=07:55 sent=10:00",
		"V1[6N/01 08:00-10:00]discharged; now -", "Early"},
	{"cancel of a transfer that was dated a year before",
		"08:00 admit V1 I 6N/01\n09:00 transfer V1 I 7S/03 day=-300 rec=1@09:00\n10:00 cancel-transfer V1 I 6N/01 of=-300@09:00",
		"V1[6N/01 08:00-]; now 6N/01", "Early"},
	{"discharge before the admission", "08:00 admit V1 I 6N/01\n07:55 discharge V1 I 6N/01",
		"V1[6N/01 08:00-]; now 6N/01", "TooEarly"},
	{"moved within the emergency department before the admission, sent late",
		"07:40 transfer V1 I ED/4 rec=07:40 sent=10:00\n08:00 admit V1 I 6N/01 rec=08:00 sent=10:01",
		"V1[ED/4 07:40-08:00, 6N/01 08:00-]; now 6N/01", ""},
	{"class in small letters", "08:00 admit V1 I 6N/01\n09:00 admit V9 o EYE",
		"V1[6N/01 08:00-]; V9[]superseded; now 6N/01", ""},
	{"class as a word", "08:00 admit V1 Inpatient 6N/01\n09:00 register V9 Outpatient EYE\n09:10 transfer V9 OUT EYE/2",
		"V1[6N/01 08:00-]; V9[EYE/2 09:00-09:00]superseded; now 6N/01", ""},
	{"class that nobody knows beside a stay",
		"08:00 admit V1 I 6N/01\n09:00 admit V9 D DAY/1\n10:00 discharge V9 D DAY/1",
		"V1[6N/01 08:00-]; V9[DAY/1 09:00-10:00]discharged; now 6N/01", ""},
	{"class that nobody knows, in a bed",
		"08:00 admit V9 D DAY/1\n09:00 transfer V9 D 6N/01\n10:00 discharge - D 6N/01",
		"V9[DAY/1 08:00-09:00, 6N/01 09:00-10:00]discharged; now -", ""},
	{"class that nobody knows, without a bed", "08:00 admit V9 D DAY", "V9[]; now -", ""},
	{"class that nobody knows, twice", "08:00 admit V8 D 6N/01\n10:00 admit V9 D 7S/01",
		"V8[6N/01 08:00-10:00]superseded; V9[7S/01 10:00-]; now 7S/01", "NoDischarge"},
	{"registered twice, in a bed and in none",
		"08:00 admit V1 I 6N/01 who=K1\n08:03 admit V9 I 6N who=K9\n12:00 transfer V1 I 6N/02 who=K1",
		"V1[6N/01 08:00-12:00, 6N/02 12:00-]; V9[6N 08:03-08:03]superseded; now 6N/02", ""},
	{"registered twice, in two beds",
		"08:00 admit V1 I 6N/01 who=K1\n08:01 admit V9 I 6N/02 who=K9\n10:00 transfer V1 I 7S/05 who=K1",
		"V1[6N/01 08:00-10:00, 7S/05 10:00-]; V9[6N/02 08:01-08:01]superseded; now 7S/05", ""},
	{"registered twice and discharged once",
		"08:00 admit V1 I 6N/01 who=K1\n08:03 admit V9 I 6N who=K9\n12:00 discharge V1 I 6N/01 who=K1",
		"V1[6N/01 08:00-12:00]discharged; V9[6N 08:03-12:00]superseded; now -", ""},
	{"registered for another record days later", "08:00 admit V1 I 6N/01 who=K1\n08:00 admit V9 I 7S/01 day=3 who=K9",
		"V1[6N/01 08:00-08:00]superseded; V9[7S/01 08:00-]; now 7S/01", "NoDischarge"},
	{"change of class, cancelled by its time",
		"08:00 register V1 E ED/5\n09:00 to-inpatient V1 I 6N/01\n09:10 cancel-admit V1 I 6N/01 of=09:00",
		"V1[ED/5 08:00-]; now ED/5", ""},
	{"change of class, cancelled by what the patient was",
		"08:00 register - E ED/5\n09:00 to-inpatient - I 6N/01\n09:10 cancel-admit - E ED/5",
		"[ED/5 08:00-]; now ED/5", ""},
	{"change of class and what came of it, cancelled",
		"08:00 register V1 E ED/5\n09:00 to-inpatient V1 I 6N/01\n09:05 transfer V1 I 6N/02\n09:10 cancel-admit V1 I 6N/02",
		"V1[ED/5 08:00-]; now ED/5", ""},
	{"change of class that changed none, cancelled",
		"08:00 admit V1 I 6N/01\n08:10 to-inpatient V1 I 6N/01\n09:00 cancel-admit V1 I 6N/01",
		"V1[6N/01 08:00-08:10, 6N/01 08:10-09:00]cancelled; now -", ""},
	{"change of class from the clinic, cancelled",
		"08:00 register V1 O DAY\n09:00 to-inpatient V1 I 6N/01\n09:10 cancel-admit V1 O DAY",
		"V1[]; now -", ""},
	{"admission that names no ward", "08:00 admit V1 I -", "V1[]; now -", "Nowhere"},
	{"discharge of a clinic's visit, without class and number",
		"09:00 admit - I 6N/01\n09:30 register - O ?\n10:30 discharge - - ?",
		"[6N/01 09:00-]; []discharged; now 6N/01", "OtherVisit"},
	{"discharge from a place of no known visit, without class and number",
		"09:00 admit - I 6N/01\n10:30 discharge - - 7S", "[6N/01 09:00-]; now 6N/01", "OtherVisit"},
	{"the same, told later, with when the stay began",
		"09:00 admit - I 6N/01 adm=09:00\n10:30 discharge - - 7S adm=09:00",
		"[6N/01 09:00-10:30]discharged; now -", "EndElsewhere"},
	{"no ward", "08:00 admit V1 I 6N/01\n10:00 transfer V1 I -", "V1[6N/01 08:00-]; now 6N/01", "NoPlace"},
	{"put by a program", "08:00 put - - 6N/01 adm=07:00\n09:00 put - - 6N/02\n10:00 put - - -",
		"[6N/01 07:00-09:00, 6N/02 09:00-10:00]discharged; now -", ""},
}

var noteNames = map[place.Note]string{place.AfterEnd: "AfterEnd", place.NothingToUndo: "NothingToUndo",
	place.OtherPrior: "OtherPrior",
	place.OtherEnd:   "OtherEnd", place.NoPlace: "NoPlace", place.BedKept: "BedKept", place.Unheard: "Unheard",
	place.OtherPlace: "OtherPlace", place.OtherClass: "OtherClass", place.OtherAdmission: "OtherAdmission",
	place.OtherWords:  "OtherWords",
	place.OtherMoment: "OtherMoment", place.OtherNumber: "OtherNumber", place.EndTakenBack: "EndTakenBack",
	place.OtherVisit: "OtherVisit", place.Early: "Early", place.TooEarly: "TooEarly",
	place.Nowhere: "Nowhere", place.NoDischarge: "NoDischarge", place.OnlyPlace: "OnlyPlace",
	place.EndElsewhere: "EndElsewhere"}

// Each in its order, and in every other: a history is the same however it came.
func TestFold(t *testing.T) {
	for _, c := range cases {
		events := said(t, c.events)
		permute(events, func(ev []place.Event) {
			h := place.Fold(slices.Concat(ev, ev[:1])) // and one of them twice
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

// permute calls f with every order of up to five events.
func permute(ev []place.Event, f func([]place.Event)) {
	var walk func(n int)
	walk = func(n int) {
		if n == len(ev) {
			f(ev)
			return
		}
		for i := n; i < len(ev); i++ {
			ev[n], ev[i] = ev[i], ev[n]
			walk(n + 1)
			ev[n], ev[i] = ev[i], ev[n]
		}
	}
	walk(0)
}

func TestReadmissionIsClean(t *testing.T) {
	h := place.Fold(said(t,
		"08:00 admit - I MAT/01 r=Labour preg=y\n09:00 discharge - I MAT/01\n08:00 admit - I 6N/01 day=4"))
	now := h.Visits[h.Current]
	if now.Reason != "" || now.Pregnant || now.Admitted.Day() != 13 {
		t.Errorf("%+v", now)
	}
	if was := h.Visits[0]; was.Reason != "Labour" || !was.Pregnant || was.End != place.Discharged {
		t.Errorf("%+v", was)
	}
	h = place.Fold(said(t,
		"08:00 admit - I 6N/01 r=Fall preg=y\n10:00 update - I 6N/01 r=\n09:00 update - I 6N/01 r=Hip preg=n"))
	if now := h.Visits[h.Current]; now.Reason != "" || now.Pregnant {
		t.Errorf("the newest word is that there is no reason: %+v", now)
	}
}
