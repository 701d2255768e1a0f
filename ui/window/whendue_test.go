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
// for, and with every word and mark that was added since not read.
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
		"Turn left 15:30":         {"Turn left", half},
		"Turn left 15:30 Uhr":     {"Turn left", half},
		"Turn left, 15:30 uhr.":   {"Turn left", half},
		"Turn left um 15:30 Uhr":  {"Turn left", half},
		"Turn left at 15:30":      {"Turn left", half},
		"Turn left 15.30 Uhr":     {"Turn left", half},
		"Turn left 15:30h":        {"Turn left", half},
		"Turn left heute 15:30":   {"Turn left", half},
		"Turn left 16 Uhr":        {"Turn left", at(23, 16, 0)},
		"Mouth care 02:00":        {"Mouth care", at(24, 2, 0)},
		"Mouth care morgen 02:00": {"Mouth care", at(24, 2, 0)},
		"Weigh morgen früh 8 Uhr": {"Weigh", at(24, 8, 0)},
		"Weigh tomorrow 13:50":    {"Weigh", at(24, 13, 50)},
		"Turn 24:00":              {"Turn", at(24, 0, 0)},
		"Turn 00:00":              {"Turn", at(24, 0, 0)},
		"Turn 14:03":              {"Turn", at(23, 14, 3)},
		"Turn 13:20":              {"Turn", at(24, 13, 20)},
		"Weigh +45":               {"Weigh", now.Add(45 * time.Minute)},
		"Weigh +20min":            {"Weigh", now.Add(20 * time.Minute)},
		"Weigh + 20 min.":         {"Weigh", now.Add(20 * time.Minute)},
		"Weigh in 20 min":         {"Weigh", now.Add(20 * time.Minute)},
		"Wiegen in 20 Minuten":    {"Wiegen", now.Add(20 * time.Minute)},
		"Weigh in 2 h":            {"Weigh", now.Add(2 * time.Hour)},
		"Weigh +2 Stunden":        {"Weigh", now.Add(2 * time.Hour)},
		"Weigh":                   {"Weigh", now},
		"Give 5 tablets 99":       {"Give 5 tablets 99", now},
		"Insulin to 10.50 ml/h":   {"Insulin to 10.50 ml/h", now},
		"Insulin 0.25":            {"Insulin 0.25", now},
		"Adrenaline 1:1000":       {"Adrenaline 1:1000", now},
		"Fasting for tomorrow":    {"Fasting for tomorrow", now},
		"Check Na+ 140":           {"Check Na+ 140", now},

		"Turn left 15:30 hrs":          {"Turn left", half},
		"Turn left 15:30hrs":           {"Turn left", half},
		"Turn left 15.30h":             {"Turn left", half},
		"Turn left 15.30 hrs":          {"Turn left", half},
		"Turn left 15h30":              {"Turn left", half},
		"Turn left by 15:30":           {"Turn left", half},
		"Turn left bis 15:30 Uhr":      {"Turn left", half},
		"Turn left ab heute 15:30":     {"Turn left", half},
		"Turn left, gegen 15:30":       {"Turn left", half},
		"Turn this afternoon at 15:30": {"Turn", half},
		"Turn at 8:00":                 {"Turn", at(24, 8, 0)},
		"Turn 8:00 Uhr":                {"Turn", at(24, 8, 0)},
		"Turn tomorrow 8:00":           {"Turn", at(24, 8, 0)},
		"Einreiben abends 20 Uhr":      {"Einreiben", at(23, 20, 0)},
		"Turn heute Abend um 20 Uhr":   {"Turn", at(23, 20, 0)},
		"Turn tonight 00:30":           {"Turn", at(24, 0, 30)},
		"Turn heute 24:00":             {"Turn", at(24, 0, 0)},
		"Weigh morgens 8 Uhr":          {"Weigh", at(24, 8, 0)},
		"Weigh in the morning 08:00":   {"Weigh", at(24, 8, 0)},
		"Prepare for the night 22:00":  {"Prepare for the night", at(23, 22, 0)},
		"NaCl 500 ml in 2 h 15:30":     {"NaCl 500 ml in 2 h", half},
		"Dilute 1:10 15:30":            {"Dilute 1:10", half},
		"Adrenaline 1:1000 at 15:30":   {"Adrenaline 1:1000", half},
		"Weigh +5 min":                 {"Weigh", now.Add(5 * time.Minute)},
		"Dilute 1:10 ml":               {"Dilute 1:10 ml", now},
		"Urine protein 3+":             {"Urine protein 3+", now},
		"BE +3 mmol":                   {"BE +3 mmol", now},
		"Flush with 1000 ml":           {"Flush with 1000 ml", now},
		"Turn every 2 h":               {"Turn every 2 h", now},
		"NaCl 500 ml over 8 h":         {"NaCl 500 ml over 8 h", now},
		"Wenden alle 2-3 h":            {"Wenden alle 2-3 h", now},
		"Collect 24h urine":            {"Collect 24h urine", now},
		"Sit in chair for 10 min":      {"Sit in chair for 10 min", now},
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
		"Turn heute 08:00", "Turn 13:50", "Turn 14:00 Uhr"} {
		if what, due, wrong := whenDue(text, now); wrong == "" {
			t.Errorf("%q is taken: %q at %v", text, what, due)
		}
	}
	for part, texts := range map[string][]string{
		"cannot be read": {
			"Einreiben abends 8 Uhr", "Verband morgen Abend um 8 Uhr", "Turn tomorrow evening 8:00", "Turn tonight 8:00",
			"Turn heute Abend um 8 Uhr", "Turn in the evening at 8:00", "Turn nachts 12 Uhr", "Turn nachmittags 3 Uhr",
			"Weigh morgens 14 Uhr", "Weigh morgen früh 13 Uhr", "Weigh in the morning 13:00", "Turn 8 Uhr abends",
			"Turn 8:00 in the evening",
			"Turn at 8h", "Turn 20h", "Turn um 20 h", "Turn 1530", "Turn 1530 h", "Turn (15:30)", "Turn (at 15:30 Uhr)",
			"Turn @15:30", "Turn @ 15:30", "Turn (+20)", "Turn at noon", "Turn mittags", "Turn um Mitternacht",
			"Turn half past 3", "Turn um halb 4", "Turn quarter to four", "Turn at four", "Turn tonight",
			"Turn heute Abend", "Turn this evening", "Turn abends", "Turn in about 20 min", "Turn in ca. 20 min",
			"Turn in 1.5 h", "Turn in 1,5 h", "Turn in 1/2 h", "Turn in ½ h", "Turn in 1:30 h", "Turn in 1 h 30 min",
			"Turn in a quarter of an hour", "Turn over 1:30 h", "Turn 15:30-16:00", "Turn 8-10 Uhr",
			"Turn left at 15:30 and 18:30", "Turn left 15:30, 18:30", "Turn um 8 und 18 Uhr", "Turn 8 Uhr und 18 Uhr",
			"Turn at 15:30 +20", "Dilute 1:5"},
		"how long it runs": {"NaCl 500 ml in 2 h", "Paracetamol 1 g in 15 min", "1 g Paracetamol i.v. in 15 min",
			"G5% in 2 h", "Heparin 5.000 IE in 2 h", "Kalium 20 mmol in 2 h", "Fentanyl 50 µg in 5 min",
			"Noradrenaline 0.1 mg/h in 2 h", "1 EK in 2 h"},
		"write it as 01:10.": {"Dilute 1:10"},
		"write it as 08:00.": {"Turn 8:00", "Turn 8:00h"},
		"write it as 02:00.": {"Set O2 to 2.00"},
		"write 3+.":          {"Urine protein +3"},
		"08:00 has passed":   {"Turn heute 08:00", "Turn today at 8:00"},
		"13:50 has passed":   {"Turn 13:50"},
		"within 24 hours":    {"Turn morgen 15:30", "Turn morgen Abend um 20 Uhr", "Turn morgen 24:00"},
	} {
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
