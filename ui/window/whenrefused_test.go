package window

// refused are tasks whose time TestWhenDue wants refused at 14:03, by what the sentence says.
var refused = map[string][]string{
	"cannot be read": {
		"Einreiben abends 8 Uhr", "Verband morgen Abend um 8 Uhr", "Turn tomorrow evening 8:00", "Turn tonight 8:00",
		"Turn heute Abend um 8 Uhr", "Turn in the evening at 8:00", "Turn nachts 12 Uhr", "Turn nachmittags 3 Uhr",
		"Weigh morgens 14 Uhr", "Weigh morgen früh 13 Uhr", "Weigh in the morning 13:00", "Turn 8 Uhr abends",
		"Turn 8:00 in the evening",
		"Turn at 8h", "Turn um 20 h", "Turn 1530", "Turn 1530 h", "Turn (15:30)", "Turn (at 15:30 Uhr)",
		"Turn @15:30", "Turn @ 15:30", "Turn (+20)", "Turn at noon", "Turn mittags", "Turn um Mitternacht",
		"Turn half past 3", "Turn um halb 4", "Turn quarter to four", "Turn at four", "Turn tonight",
		"Turn heute Abend", "Turn this evening", "Turn abends", "Turn in about 20 min", "Turn in ca. 20 min",
		"Turn in 1.5 h", "Turn in 1,5 h", "Turn in 1/2 h", "Turn in ½ h", "Turn in 1:30 h", "Turn in 1 h 30 min",
		"Turn in a quarter of an hour", "Turn over 1:30 h", "Turn 15:30-16:00", "Turn 8-10 Uhr",
		"Turn left at 15:30 and 18:30", "Turn left 15:30, 18:30", "Turn um 8 und 18 Uhr", "Turn 8 Uhr und 18 Uhr",
		"Turn at 15:30 +20", "Dilute 1:5", "Turn tonight to the left at 8:00", "Turn abends nach links 8 Uhr",
		"Turn 15:30?", "Turn 15:30!", "Turn at15:30", "Turn 15,30 Uhr", "Turn 15;30", "Turn +1.5h", "Turn +1:30",
		"15:30 Turn left", "At 15:30 turn left", "Turn 14 Uhr 30", "Turn at 14 h 30", "Turn 15 : 30", "Turn 15:30:00",
		"Turn in 3 days", "Turn in 2 Tagen"},
	"how long it runs": {"NaCl 500 ml in 2 h", "Paracetamol 1 g in 15 min", "1 g Paracetamol i.v. in 15 min",
		"G5% in 2 h", "Heparin 5.000 IE in 2 h", "Kalium 20 mmol in 2 h", "Fentanyl 50 µg in 5 min",
		"Noradrenaline 0.1 mg/h in 2 h", "1 EK in 2 h"},
	"write it as 01:10.": {"Dilute 1:10"},
	"write it as 08:00.": {"Turn 8:00", "Turn 8:00h"},
	"write it as 20:00.": {"Turn 20h", "Turn 20 h"},
	"write: for 24 h.":   {"Urine 24 h"},
	"write it as 02:00.": {"Set O2 to 2.00"},
	"write 3+.":          {"Urine protein +3"},
	"08:00 has passed":   {"Turn heute 08:00", "Turn today at 8:00"},
	"13:50 has passed":   {"Turn 13:50"},
	"within 24 hours":    {"Turn morgen 15:30", "Turn morgen Abend um 20 Uhr", "Turn morgen 24:00", "X-ray 24.11. 15:30"},
}
