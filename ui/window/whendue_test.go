package window

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// The end of a task's text says when it is due, however it is written; what looks like a time and cannot be read
// is refused, never due now.
//
// Seen red with the forms of before alone (15:30 and +45), with none refused, and with a time that has just passed
// taken for tomorrow's; with a part of the day not held against its hour, with an amount before "in 2 h" not looked
// for, with every word and mark that was added since not read, and with a later day alone due now, with
// the dates of before alone, and with a time taken for tomorrow's after half an hour.
func TestWhenDue(t *testing.T) {
	tongue.KeepTime(time.UTC)
	t.Cleanup(func() { tongue.KeepTime(nil) })
	now := time.Date(2026, 11, 23, 14, 3, 12, 0, time.UTC)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC) }
	half := at(23, 15, 30)
	for text, want := range map[string]struct {
		what string
		due  time.Time
	}{
		"Turn left 15:30":          {"Turn left", half},
		"Turn left 15:30 Uhr":      {"Turn left", half},
		"Turn left, 15:30 uhr.":    {"Turn left", half},
		"Turn left um 15:30 Uhr":   {"Turn left", half},
		"Turn left at 15:30":       {"Turn left", half},
		"Turn left 15.30 Uhr":      {"Turn left", half},
		"Turn left 15:30h":         {"Turn left", half},
		"Turn left heute 15:30":    {"Turn left", half},
		"Turn left 16 Uhr":         {"Turn left", at(23, 16, 0)},
		"Mouth care 02:00":         {"Mouth care", at(24, 2, 0)},
		"Mouth care morgen 02:00":  {"Mouth care", at(24, 2, 0)},
		"Weigh morgen früh 8 Uhr":  {"Weigh", at(24, 8, 0)},
		"Weigh tomorrow 13:50":     {"Weigh", at(24, 13, 50)},
		"Turn 24:00":               {"Turn", at(24, 0, 0)},
		"Turn 00:00":               {"Turn", at(24, 0, 0)},
		"Turn 14:03":               {"Turn", at(23, 14, 3)},
		"Turn 10:50":               {"Turn", at(24, 10, 50)},
		"Turn tomorrow 13:20":      {"Turn", at(24, 13, 20)},
		"Turn left 15：30":          {"Turn left", half},
		"Weigh +45":                {"Weigh", now.Add(45 * time.Minute)},
		"Weigh +20min":             {"Weigh", now.Add(20 * time.Minute)},
		"Weigh + 20 min.":          {"Weigh", now.Add(20 * time.Minute)},
		"Weigh in 20 min":          {"Weigh", now.Add(20 * time.Minute)},
		"Wiegen in 20 Minuten":     {"Wiegen", now.Add(20 * time.Minute)},
		"Weigh in 2 h":             {"Weigh", now.Add(2 * time.Hour)},
		"Weigh +2 Stunden":         {"Weigh", now.Add(2 * time.Hour)},
		"Weigh":                    {"Weigh", now},
		"Give 5 tablets 99":        {"Give 5 tablets 99", now},
		"Insulin to 10.50 ml/h":    {"Insulin to 10.50 ml/h", now},
		"Insulin 0.25":             {"Insulin 0.25", now},
		"Adrenaline 1:1000":        {"Adrenaline 1:1000", now},
		"Fasting for tomorrow":     {"Fasting for tomorrow", now},
		"Nüchtern für Montag":      {"Nüchtern für Montag", now},
		"Drain ex morgen +00":      {"Drain ex morgen", now},
		"Report the 08:00 glucose": {"Report the 08:00 glucose", now},
		"Check Na+ 140":            {"Check Na+ 140", now},

		"Turn left 15:30 hrs":            {"Turn left", half},
		"Turn left 15:30hrs":             {"Turn left", half},
		"Turn left 15.30h":               {"Turn left", half},
		"Turn left 15.30 hrs":            {"Turn left", half},
		"Turn left 15h30":                {"Turn left", half},
		"Turn left by 15:30":             {"Turn left", half},
		"Turn left bis 15:30 Uhr":        {"Turn left", half},
		"Turn left ab heute 15:30":       {"Turn left", half},
		"Turn left, gegen 15:30":         {"Turn left", half},
		"Turn left spätestens um 15:30":  {"Turn left", half},
		"Turn tonight to the left 20:00": {"Turn tonight to the left", at(23, 20, 0)},
		"Turn this afternoon at 15:30":   {"Turn", half},
		"Turn at 8:00":                   {"Turn", at(24, 8, 0)},
		"Turn 8:00 Uhr":                  {"Turn", at(24, 8, 0)},
		"Turn tomorrow 8:00":             {"Turn", at(24, 8, 0)},
		"Einreiben abends 20 Uhr":        {"Einreiben", at(23, 20, 0)},
		"Turn heute Abend um 20 Uhr":     {"Turn", at(23, 20, 0)},
		"Turn tonight 00:30":             {"Turn", at(24, 0, 30)},
		"Turn heute 24:00":               {"Turn", at(24, 0, 0)},
		"Weigh morgens 8 Uhr":            {"Weigh", at(24, 8, 0)},
		"Weigh in the morning 08:00":     {"Weigh", at(24, 8, 0)},
		"Prepare for the night 22:00":    {"Prepare for the night", at(23, 22, 0)},
		"NaCl 500 ml in 2 h 15:30":       {"NaCl 500 ml in 2 h", half},
		"Dilute 1:10 15:30":              {"Dilute 1:10", half},
		"Adrenaline 1:1000 at 15:30":     {"Adrenaline 1:1000", half},
		"Weigh +5 min":                   {"Weigh", now.Add(5 * time.Minute)},
		"Dilute 1:10 ml":                 {"Dilute 1:10 ml", now},
		"Urine protein 3+":               {"Urine protein 3+", now},
		"BE +3 mmol":                     {"BE +3 mmol", now},
		"Flush with 1000 ml":             {"Flush with 1000 ml", now},
		"BE +2.5":                        {"BE +2.5", now},
		"Urine for 24 h":                 {"Urine for 24 h", now},
		"Urin für 24 h":                  {"Urin für 24 h", now},
		"Pain today?":                    {"Pain today?", now},
		"Turn every 2 h":                 {"Turn every 2 h", now},
		"NaCl 500 ml over 8 h":           {"NaCl 500 ml over 8 h", now},
		"Wenden alle 2-3 h":              {"Wenden alle 2-3 h", now},
		"Collect 24h urine":              {"Collect 24h urine", now},
		"Sit in chair for 10 min":        {"Sit in chair for 10 min", now},

		"Turn left １５：３０":                 {"Turn left", half},
		"Turn left 15:30\u200b":           {"Turn left", half},
		"Give next dose 15:30":            {"Give next dose", half},
		"Next obs 15:30":                  {"Next obs", half},
		"Nächste Gabe 15:30":              {"Nächste Gabe", half},
		"Check SpO2 sat 15:30":            {"Check SpO2 sat", half},
		"Check O2 Sat 15:30":              {"Check O2 Sat", half},
		"Metoprolol 2.5 15:30":            {"Metoprolol 2.5", half},
		"Bisoprolol 1.25 15:30":           {"Bisoprolol 1.25", half},
		"Insulin 12.5 15:30":              {"Insulin 12.5", half},
		"Bag 1/2 15:30":                   {"Bag 1/2", half},
		"Bag 2/3 15:30":                   {"Bag 2/3", half},
		"Pain was 7/10 15:30":             {"Pain was 7/10", half},
		"NRS 10/10 15:30":                 {"NRS 10/10", half},
		"GCS 14/15 15:30":                 {"GCS 14/15", half},
		"Bed 3/24 15:30":                  {"Bed 3/24", half},
		"BP 120/80 15:30":                 {"BP 120/80", half},
		"Catheter 14 Fr 15:30":            {"Catheter 14 Fr", half},
		"Suction CH 12 Fr":                {"Suction CH 12 Fr", now},
		"Call bleep 4321 15:30":           {"Call bleep 4321", half},
		"Ring ext. 4411 at 15:30":         {"Ring ext. 4411", half},
		"Sepsis 6 15:30":                  {"Sepsis 6", half},
		"Give 2 marshmallows 15:30":       {"Give 2 marshmallows", half},
		"Day 3 15:30":                     {"Day 3", half},
		"Do the dressing 15:30":           {"Do the dressing", half},
		"Was ist zu tun: so 15:30":        {"Was ist zu tun: so", half},
		"Weigh 2 x daily 15:30":           {"Weigh 2 x daily", half},
		"Adrenaline 1:1000 15:30":         {"Adrenaline 1:1000", half},
		"Bilanz vom Montag 15:30":         {"Bilanz vom Montag", half},
		"Bloods of Monday 15:30":          {"Bloods of Monday", half},
		"Drain ex tmrw 08:00":             {"Drain ex", at(24, 8, 0)},
		"Tomorrow drain out 08:00":        {"Tomorrow drain out", at(24, 8, 0)},
		"Heute morgen Gewicht nachtragen": {"Heute morgen Gewicht nachtragen", now},
		"Fasting for Fri":                 {"Fasting for Fri", now},
		"Tablets 1/2":                     {"Tablets 1/2", now},
		"Haloperidol 2.5":                 {"Haloperidol 2.5", now},
		"SpO2 Sat":                        {"SpO2 Sat", now},
		"Pain 7/10":                       {"Pain 7/10", now},
		"Next obs":                        {"Next obs", now},
		"Check tomorrow's theatre list":   {"Check tomorrow's theatre list", now},
	} {
		if what, due, wrong := whenDue(text, now); wrong != "" || what != want.what || !due.Equal(want.due) {
			t.Errorf("%q: %q at %v, %q", text, what, due, wrong)
		}
	}
	for _, text := range []string{"Turn left 15.30", "Insulin to 10.50", "Set O2 to 2.00", " 15:30 ",
		"+20", "", "in 5 min",
		"Walk +9999", "Walk +20 sec", "Walk in 20", "Walk in 30 h", "Walk in an hour", "Gehen in einer Stunde",
		"Turn 25:00", "Turn 24:30", "Turn 15:75", "Turn 15:3", "Turn 3 pm", "Turn 3:30 pm", "Turn 25 Uhr", "Turn at 4",
		"Turn um 1530", "Turn tomorrow 15:30", "Turn morgen 15:30", "Turn 15:30 tomorrow", "Turn am Freitag um 8 Uhr",
		"Drain 02/12 23:30", "Catheter 2 Dec 23:30", "Catheter Dec 2nd, 23:30", "Line Wed 23:30", "Line Mi 23:30",
		"Turn 24.11 15:30", "Turn 2026-11-24 15:30", "Turn Fri 15:30", "Turn next week 15:30", "Turn in 2 days 08:00",
		"Turn 15:30 BST", "Turn 3 o’clock", "Turn 15 30", "Last dose 12:00", "Turn 13:20", "Turn 11:10",
		"Remove the drain on 3 December", "Remove the drain 3 Dec", "Remove the drain 2026-12-03", "Remove the drain 5/12",
		"Fäden ex am 3. Dezember", "Fäden ex 3.12.", "Remove clips Fri", "Fäden ex Fr", "Weigh Mon", "Recheck next week",
		"Kontrolle nächste Woche", "Recheck in a week", "Recheck in a fortnight", "Review tomorrow a.m.", "Review tmrw",
		"Remove the drain tomorrow please", "Remove the drain tomorrow if dry", "Weigh on Monday at the latest",
		"Morgen Drainage ziehen", "Tomorrow drain out 16:00", "Check Monday bloods 15:30",
		"Weigh next Monday 15:30", "Weigh next Monday", "Fasting for tomorrow 15:30",
		"Weigh on Mon at 15:30", "Remove clips Fri please", "Fäden ex 3.12. bitte", "Kontrolle kommende Woche",
		"Monday weigh 08:00",
		"BM at 7 30", "Turn at half seven", "Turn at seven thirty", "Turn in an hour and a half", "Turn 10/10/2027 15:30",
		"ABG 8:00 22:00", "ABG 8:15 22:00",
		"Remove the drain tomorrow", "Drain ex morgen", "Weigh on Friday", "Report by Monday?",
		"Turn heute 08:00", "Turn 13:50", "Turn 14:00 Uhr"} {
		if what, due, wrong := whenDue(text, now); wrong == "" {
			t.Errorf("%q is taken: %q at %v", text, what, due)
		}
	}
	for part, texts := range refused {
		for _, text := range texts {
			if what, due, wrong := whenDue(text, now); !strings.Contains(wrong, part) {
				t.Errorf("%q: %q at %v, %q, want %q", text, what, due, wrong, part)
			}
		}
	}
	early := at(23, 6, 0)
	for _, text := range []string{"Turn tonight 8:00", "Turn heute Abend um 8 Uhr", "Turn this evening at 8:00"} {
		if _, due, wrong := whenDue(text, early); !strings.Contains(wrong, "cannot be read") {
			t.Errorf("%q in the morning: at %v, %q", text, due, wrong)
		}
	}
	if _, due, wrong := whenDue("Turn heute Morgen um 8 Uhr", early); !due.Equal(at(23, 8, 0)) {
		t.Errorf("this morning: at %v, %q", due, wrong)
	}
}
