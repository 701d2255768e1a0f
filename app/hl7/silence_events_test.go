//go:build !race

package hl7_test

import "strings"

// trial is a valid message of a type, and what must have come before it.
type trial struct {
	before  [][]string
	message []string
}

// trials are one of each. § is what tells the patients, wards and orders of one trial
// from all others.
var trials = map[string]trial{
	"ADT^A01": {nil, visit("A01", "11")},
	"ADT^A02": {after(admitted), with(visit("A02", "12"), "PV1|1|I|E§^5^2^ABC|||W§^4^1^ABC|||||||||B6||||V§^^^OAK")},
	"ADT^A03": {after(admitted), visit("A03", "12")},
	"ADT^A04": {nil, with(visit("A04", "11"), "PV1|1|E|W§^4^1^ABC||||||||||||B6~A1||||V§^^^OAK")},
	"ADT^A06": {after(registered), visit("A06", "12")},
	"ADT^A07": {after(admitted), with(visit("A07", "12"), "PV1|1|O|C§^1^1^ABC||||||||||||B6||||V§^^^OAK")},
	"ADT^A08": {after(admitted), visit("A08", "12")},
	"ADT^A11": {after(admitted), visit("A11", "10")},
	"ADT^A12": {after(admitted, moved), visit("A12", "11")},
	"ADT^A13": {after(admitted, left), visit("A13", "11")},
	"ADT^A14": {nil, plan("A14")},
	"ADT^A15": {after(admitted), plan("A15")},
	"ADT^A16": {after(admitted), plan("A16")},
	"ADT^A17": {after(admitted, other),
		append(visit("A17", "12"), "PID|2||L§^^^OAK^MR||Bo^Cy", "PV1|1|I|W§^4^1^ABC||||||||||||||||U§")},
	"ADT^A21": {after(admitted), visit("A21", "12")},
	"ADT^A22": {after(admitted, away), visit("A22", "12")},
	"ADT^A23": {after(admitted), visit("A23", "12")},
	"ADT^A28": {nil, person("A28")},
	"ADT^A31": {after(admitted), person("A31")},
	"ADT^A40": {after(admitted, other), with(person("A40"), "MRG|L§^^^OAK^MR")},
	"ADT^A47": {after(old), with(person("A47"), "MRG|L§^^^OAK^MR")},
	"ADT^A24": {after(admitted, other), append(person("A24"), "PID|2||L§^^^OAK^MR||Bo^Cy")},
	"ADT^A25": {after(admitted, leaving), visit("A25", "11")},
	"ADT^A26": {after(admitted, moving), visit("A26", "11")},
	"ADT^A27": {after(coming), visit("A27", "11")},
	"ADT^A52": {after(admitted, away), visit("A52", "11")},
	"ADT^A53": {after(admitted, away, back), visit("A53", "12")},
	"ADT^A50": {after(admitted),
		with(visit("A50", "12"), "MRG|||||V§^^^OAK", "PV1|1|I|W§^4^1^ABC||||||||||||B6||||Z§^^^OAK")},
	"ADT^A10": {after(admitted), person("A10")},
	"ORU^R01": {after(admitted), report},
}

// What comes before.
var (
	admitted   = early("A01", "10", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	registered = early("A04", "10", "PV1|1|E|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	moved      = early("A02", "11", "PV1|1|I|E§^5^2^ABC|||W§^4^1^ABC|||||||||||||V§^^^OAK")
	left       = early("A03", "11", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	away       = early("A21", "11", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	back       = early("A22", "12", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	coming     = early("A14", "11", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	moving     = early("A15", "11", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK||||||||||||||||||||||||E§^5^2^ABC")
	leaving    = early("A16", "11", "PV1|1|I|W§^4^1^ABC||||||||||||||||V§^^^OAK")
	other      = []string{`MSH|^~\&|ADT|OAK|||20260309100000||ADT^A01|C§|P|2.5`, "EVN|A01|20260309100000",
		"PID|1||L§^^^OAK^MR||Bo^Cy",
		"PV1|1|I|E§^5^2^ABC||||||||||||||||U§"}
	old = []string{`MSH|^~\&|ADT|OAK|||20260309100000||ADT^A28|C§|P|2.5`, "EVN|A28|20260309100000",
		"PID|1||L§^^^OAK^MR||Day^Ann^B|"}
)

func after(messages ...[]string) [][]string { return messages }

func early(trigger, hour, pv1 string) []string {
	return []string{`MSH|^~\&|ADT|OAK|||202603091000||ADT^` + trigger + `|C§|P|2.5`,
		"EVN|" + trigger + "|20260309" + hour + "0000",
		"PID|1||K§^^^OAK^MR||Day^Ann||19500101|M", pv1}
}

func head(trigger, hour string) []string {
	return []string{`MSH|^~\&|ADT|OAK|||20260309` + hour + `0200||ADT^` + trigger + `|C§|P|2.5||||||UNICODE UTF-8`,
		"EVN|" + trigger + "|20260309" + hour + "0100||||20260309" + hour + "0000",
		"PID|1||K§^^^OAK^MR~S§^^^SEC^SS||Dáy^Ann^B||19510102|F|||||||||||||||||||||20260309090000|N"}
}

func visit(trigger, hour string) []string {
	return append(head(trigger, hour),
		"PV1|1|I|W§^4^1^ABC||||||||||||B6||||V§^^^OAK|||||||||||||||||||||||||20260309093000|",
		"PV2|||R1^Pain^L", "DG1|1||J18^Pneumonia^I10|Cough", "AL1|1|DA|PEN^Penicillin^L|SV|Rash~Hives|20200101",
		"AL1|2|FA|NUT^Nuts^L|MO|Wheeze|20210101",
		"IAM|1|DA|ASA^Aspirin^L|MO|Itch~Cough|A|A1^OAK")
}

// plan announces something; when, says EVN-3.
func plan(trigger string) []string {
	m := visit(trigger, "12")
	m[1] = "EVN|" + trigger + "|20260309120100|20260311090000|||20260309120000"
	field := map[string]int{"A14": 8, "A16": 9}[trigger]
	return with(m, withField("PV2|||R1^Pain^L", max(field, 3),
		map[bool]string{true: "20260311100000", false: "R1^Pain^L"}[field > 0]),
		withField(withField(m[3], 42, "N§^7^1^ABC"), 44, ""))
}

func person(trigger string) []string {
	return append(head(trigger, "12"), "AL1|1|DA|PEN^Penicillin^L|SV|Rash~Hives|20200101",
		"AL1|2|FA|NUT^Nuts^L|MO|Wheeze|20210101",
		"IAM|1|DA|ASA^Aspirin^L|MO|Itch~Cough|A|A1^OAK")
}

// with puts segments in the place of those of their name, or adds them.
func with(message []string, segments ...string) []string {
	for _, s := range segments {
		found := false
		for i := range message {
			if strings.HasPrefix(message[i], s[:4]) {
				message[i], found = s, true
				break
			}
		}
		if !found {
			message = append(message, s)
		}
	}
	return message
}

var report = []string{`MSH|^~\&|LAB|OAK|||20260309120200||ORU^R01|C§|P|2.5||||||UNICODE UTF-8`,
	"PID|1||K§^^^OAK^MR||Day^Ann||19500101|M|||||||||||||||||||||20260309110000|N",
	"OBR|1|P§|F§|VS^Vital signs^L|||20260309115000|||||||||||||||20260309120100|||F",
	"NTE|1||Sén by day",
	"OBX|1|NM|9279-1^Rate^LN|1.1|20|/min|12-18|H|||F|||20260309115100",
	"NTE|1||At rest",
	"OBX|2|NM|718-7^Haemoglobin^LN|a|13.1|g/dL|12-16|N|||F|||20260309115200||||D§",
	"OBX|3|CE|600-7^Culture^LN||NEG^None grown^L|||N|||P"}

// others are the contents that mean something else, of fields in which not every text does.
// What a code says is shown where no text says it.
var others = map[string][]string{
	"MSH-1": nil, // without it there is no message
	"MSH-2": {`$~\&`}, "MSH-7": {"20260309130200", "20260309120200+0500", "2026"}, "MSH-9": {"ADT^A08", "ORU^R01"},
	"MSH-11": {"T"}, "MSH-18": {"8859/1"},
	"EVN-1": {"A99"},
	"PID-7": {"19520304"}, "PID-8": {"M", "F"}, "PID-29": {"20260309080000", "x"}, "PID-30": {"Y"},
	"PV1-2": {"O", "E"}, "PV1-15": {"A0"}, "PV1-42": {"M§^7^1^ABC"},
	"PV2-3": {"R2^Fever^L"}, "DG1-3": {"K35^Appendicitis^I10"},
	"AL1-2": {"EA"}, "AL1-4": {"MI"}, "IAM-2": {"EA"}, "IAM-4": {"MI"}, "IAM-6": {"D"},
	"MRG-4": {"L§^^^OAK^MR"},
	"OBR-4": {"CBC^Blood count^L"}, "OBR-25": {"X"},
	"OBX-2": {"TX", "ED"}, "OBX-6": {"kPa"}, "OBX-8": {"L"}, "OBX-11": {"C", "X"},
}

// shown is what the record holds of whom, by numbers that name the trial.
var shown = []string{
	`SELECT mrn, 'patient ' || surname || '|' || given || '|' || COALESCE(born, '') || '|' || born_in || '|' || sex || '|' || mrn || '|' || deceased || '|' ||
		COALESCE(died, '') || '|' || pregnant || '|' || COALESCE(ward, '') || '|' || COALESCE(bed_name, '') || '|' || room || '|' || COALESCE(admitted, '') ||
		'|' || reason || '|' || allergy || '|' || COALESCE(leave_since, '') || '|' || planned || '|' || cleaned || '|' || told || '|' || COALESCE(merged_into, '')
		FROM patients ORDER BY mrn`,
	`SELECT p.mrn, 'number ' || i.authority || '|' || i.type || '|' || i.value || '|' || i.former FROM identifiers i JOIN patients p ON p.id = i.patient
		ORDER BY 1, 2`,
	`SELECT p.mrn, 'allergy ' || a.pos || '|' || a.substance || '|' || a.reaction || '|' || a.severity || '|' || a.type || '|' || a.code || '|' || a.system ||
		'|' || COALESCE(a.since, '') FROM allergies a JOIN patients p ON p.id = a.patient ORDER BY 1, 2`,
	`SELECT p.mrn, 'encounter ' || e.admitted || '|' || COALESCE(e.discharged, '') || '|' || e.reason || '|' || e.class || '|' || e.ended || '|' || e.pregnant
		FROM encounters e JOIN patients p ON p.id = e.patient ORDER BY 1, 2`,
	`SELECT p.mrn, 'stay ' || s.n || '|' || s.ward || '|' || s.bed || '|' || s.room || '|' || s.since || '|' || COALESCE(s.until, '')
		FROM stays s JOIN encounters e ON e.id = s.encounter JOIN patients p ON p.id = e.patient ORDER BY 1, 2`,
	`SELECT p.mrn, 'visit ' || COALESCE(json_extract(e.payload, '$.visit'), '') || '|' || COALESCE(json_extract(e.payload, '$.prior'), '') || '|' ||
		COALESCE(json_extract(e.payload, '$.account'), '') FROM place_events e JOIN patients p ON p.id = e.patient ORDER BY 1, 2`,
	`SELECT p.mrn, 'set ' || o.taken || '|' || COALESCE(o.rr, '') || '|' || o.source || '|' || o.future || '|' || o.remarks
		FROM observations o JOIN patients p ON p.id = o.patient ORDER BY 1, 2`,
	`SELECT p.mrn, 'result ' || r.code || '|' || r.name || '|' || r.system || '|' || r.value || '|' || r.unit || '|' || r.range_text || '|' || r.flag || '|' ||
		r.status || '|' || r.taken || '|' || r.source || '|' || r.ord || '|' || r.order_code || '|' || r.order_name || '|' || COALESCE(r.order_at, '') || '|' ||
		r.order_note || '|' || r.item || '|' || r.sub || '|' || r.sensor || '|' || r.kind || '|' || r.raw || '|' || r.note || '|' || r.effect || '|' ||
		r.status_at || '|' || COALESCE(r.sent_at, '') || '|' || r.sign || '|' || COALESCE(r.number, '') || '|' || r.word || '|' || r.zero || '|' || r.value_at ||
		'|' || r.stands || '|' || r.loose FROM results r JOIN patients p ON p.id = r.patient ORDER BY 1, 2`,
	`SELECT numbers || control, 'parked ' || numbers || '|' || name || '|' || born || '|' || reason || '|' || kind || '|' || source FROM parked ORDER BY 1, 2`,
	`SELECT name || code, 'ward ' || site || '|' || code FROM wards ORDER BY 1, 2`,
	`SELECT control, 'message ' || source || '|' || control || '|' || kind || '|' || sent FROM messages ORDER BY 1, 2`,
}
