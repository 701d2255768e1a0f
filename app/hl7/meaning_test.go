package hl7_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/result"
)

// valued imports one message of Marsh's values into a fresh record.
func valued(t *testing.T, segments ...string) (*records.Store, hl7.Report) {
	t.Helper()
	s := record(t)
	return s, took(t, s, admissions+monitored("090000", "m1", append([]string{obr}, segments...)...),
		hl7.ImportOptions{})
}

func resultsOf(t *testing.T, s *records.Store) []result.Result {
	t.Helper()
	p, err := s.FindPatient(t.Context(), "K100")
	ok(t, err)
	all, err := s.Results(t.Context(), p.ID, 100)
	ok(t, err)
	return all
}

// says checks that a text stands among the warnings; that there is none, if it is "".
func says(t *testing.T, about string, got hl7.Report, want string) {
	t.Helper()
	all := strings.Join(texts(got), "; ")
	if want == "" && all != "" || !strings.Contains(all, want) {
		t.Errorf("%s: warned of %q, want %q", about, all, want)
	}
}

// What stands beside the code in OBX-8 are words for people. Seen red: the words of
// nine ranges and findings were read as TEST, OFF, INV or EARLY.
func TestFlagsAreCodesAndNotTheirWords(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{
		"<^Off scale low^HL70078": "82", ">^Off scale high^HL70078": "82", "H^Above cut off^L": "82",
		"HH^Critical test result^L": "82", "A^Positive test^L": "82", "L^Test low^L": "82",
		"LL^Low - repeat test^L": "82",
		"L^Low (off oxygen)^L":   "82", "HH^Invalid if haemolysed^L": "82", "L^Early warning^L": "82",
		"Low, off oxygen": "82",
		"L~ALACT":         "82", "N^Normal^HL70078": "82", "H HH": "82",
		"QUES^Questionable^L": "", "N^Normal^HL70078~QUES": "", "^^^INV^Invalid^MDC": "", "H TEST": "", "H,OFF": "",
		"OFFLINE": "", "SIM": "", "SIMULATED": "", "DEMO DATA": "", "Test mode": "", "Off-scale value": "82",
		"test": "", "A~PM~SA~NAV": "", "MSMT-ONGOING": "82p", "EARLY^Early^MDC": "82p", "H BUSY": "82p",
	} {
		s, got := valued(t, "OBX|1|NM|59408-5^SpO2^LN||82|%||"+flag+"|||F")
		sets, told := charted(t, s, "K100"), ""
		switch want {
		case "82":
			want = "08:59:00 SpO2 82"
		case "82p":
			want = "08:59:00 SpO2 82 (preliminary spo2)"
		default:
			told = "not charted"
		}
		if sets != want {
			t.Errorf("%s: %q, want %q", flag, sets, want)
		}
		says(t, flag, got, told)
	}
}

// Seen red: each of the coded ones but the first charted no level, and V or U was lost.
func TestConsciousnessByItsCode(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][2]string{
		"CWE V^Responds to voice^L":               {"V", ""},
		"CWE U^Unresponsive to voice and pain^L":  {"U", ""},
		"CWE V^Voice only^L":                      {"V", ""},
		"CE p^L^L":                                {"P", ""},
		"CWE LA17108-4^Verbal^LN":                 {"V", ""},
		"CWE LA9343-0^^LN":                        {"U", ""},
		"CWE 12^Something^L^LA17107-6^Painful^LN": {"P", ""},
		"CWE 3^Responds to pain^L":                {"P", ""},
		"CWE A^Responds to voice^L":               {"V", "differ: the worse one"},
		"CWE V^Alert^L":                           {"V", "differ: the worse one"},
		"CWE A^Not alert^L":                       {"A", "its words"},
		"CWE A^Alert and orientated^L":            {"A", ""},
		"CWE 7^Something^L":                       {"", "none of A, C, V, P, U"},
		"CWE A^Alert^L~V^Voice^L":                 {"V", "differ: the worse one"},
		"ST Pain - responds to pain":              {"P", ""},
		"ST V - responds to voice":                {"V", ""},
		"ST U":                                    {"U", ""},
		"ST Alert (was V)":                        {"A", "its words"},
		"ST A~V":                                  {"V", "differ: the worse one"},
		"ST Confused":                             {"", "none of A, C, V, P, U"},
		"IS C":                                    {"C", ""},
	} {
		kind, text, _ := strings.Cut(value, " ")
		s, got := valued(t, "OBX|1|"+kind+"|AVPU^AVPU^L||"+text+"||||||F")
		sets := strings.TrimPrefix(strings.TrimPrefix(charted(t, s, "K100"), "08:59:00"), " ")
		if sets != want[0] {
			t.Errorf("%s: %q, want %q", value, sets, want[0])
		}
		says(t, value, got, want[1])
	}
	s, _ := valued(t, "OBX|1|CWE|67775-7^Level of responsiveness^LN||LA17108-4^Verbal^LN||||||F")
	if sets := charted(t, s, "K100"); sets != "08:59:00 V" {
		t.Errorf("by LOINC: %q", sets)
	}
}

// Seen red: eighteen ways to say air scored as oxygen, and nothing was said.
func TestOxygenByItsDevice(t *testing.T) {
	t.Parallel()
	const unclear = "neither air nor a device that gives oxygen"
	for device, want := range map[string][2]string{
		"RA - room air": {" O2 false", ""}, "ROOM_AIR": {" O2 false", ""}, "Raumluft": {" O2 false", ""},
		"not on oxygen": {" O2 false", ""}, "Nasal cannula": {" O2 true", ""}, "Nasenbrille": {" O2 true", ""},
		"Unknown": {"", unclear}, "Nasal cannula - removed": {"", unclear}, "N/A": {"", unclear},
	} {
		s, got := valued(t, spo2("97", "F"), "OBX|2|ST|OXYGENDEV^O2 device^L||"+device+"||||||F")
		if sets := charted(t, s, "K100"); sets != "08:59:00 SpO2 97"+want[0] {
			t.Errorf("%s: %q", device, sets)
		}
		says(t, device, got, want[1])
	}
	for _, beside := range []string{"OBX|3|NM|3151-8^Flow^LN||2|L/min|||||F", "OBX|3|NM|3150-6^FiO2^LN||28|%|||||F"} {
		s, got := valued(t, "OBX|2|ST|OXYGENDEV^O2 device^L||Unknown||||||F", beside)
		if sets := charted(t, s, "K100"); sets != "08:59:00 O2 true" {
			t.Errorf("%s: %q", beside, sets)
		}
		says(t, beside, got, unclear)
	}
	s, got := valued(t, "OBX|2|CWE|OXYGENDEV^O2 device^L||NC^Nasal spex 2^L||||||F",
		"OBX|3|NM|3151-8^Flow^LN||0|L/min|||||F")
	if sets := charted(t, s, "K100"); sets != "08:59:00 O2 true" || len(got.Details) > 0 {
		t.Errorf("by its code: %q %q", sets, texts(got))
	}
}

// Seen red: none of these was read, and nothing was said.
func TestCodesOfVitalSigns(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"8331-1^Oral temperature^LN": "T", "8328-7^Axillary temperature^LN": "T", "8333-7^Tympanic^LN": "T",
		"8329-5^Core^LN": "T", "8332-9^Rectal^LN": "T", "8334-5^Bladder^LN": "T",
		"150033^MDC_PRESS_BLD_ART_SYS^MDC": "SBP", "150034^MDC_PRESS_BLD_ART_DIA^MDC": "DBP",
		"150037^MDC_PRESS_BLD_ART_ABP_SYS^MDC": "SBP", "150038^MDC_PRESS_BLD_ART_ABP_DIA^MDC": "DBP",
		"76215-3^Invasive systolic^LN": "SBP", "76213-8^Invasive diastolic^LN": "DBP",
		"151570^MDC_AWAY_RESP_RATE^MDC": "RR", "151578^x^MDC": "RR", "151586^x^MDC": "RR",
	} {
		s, got := valued(t, "OBX|1|NM|"+code+"||38||||||F")
		if sets := charted(t, s, "K100"); sets != "08:59:00 "+want+" 38" {
			t.Errorf("%s: %q", code, sets)
		}
		says(t, code, got, "")
	}
	for code, told := range map[string]bool{
		"20564-1^O2 sat^LN": true, "8459-0^Sitting^LN": true, "60834-9^Blood temperature^LN": true,
		"8310-5^x^SCT":             false,
		"188452^MDC_TEMP_SKIN^MDC": true, "150029^MDC_PRESS_BLD_AORT_SYS^MDC": true,
		"1^MDC_PULS_OXIM_SAT_O2_ART^MDC":       true,
		"150023^MDC_PRESS_BLD_NONINV_MEAN^MDC": false, "150045^MDC_PRESS_BLD_ART_PULM_SYS^MDC": false,
		"151571^MDC_AWAY_RESP_RATE_MAX^MDC": false, "60956-0^ICP^LN": false, "2823-3^Potassium^LN": false,
	} {
		_, got := valued(t, "OBX|1|NM|"+code+"||80||||||F")
		if code == "8310-5^x^SCT" {
			continue // read whatever its system says, and impossible
		}
		says(t, code, got, map[bool]string{true: "is not read as one"}[told])
	}
}

// Seen red: the pressure was a text, and no set was made.
func TestPressureAsOneText(t *testing.T) {
	t.Parallel()
	panel := func(value, status string) string {
		return "OBX|1|ST|85354-9^BP panel^LN||" + value + "|mm[Hg]|||||" + status
	}
	s := record(t)
	took(t, s, admissions+monitored("090000", "m1", obr, panel("72/40", "F"), "NTE|1||left arm"), hl7.ImportOptions{})
	if sets := charted(t, s, "K100"); sets != "08:59:00 SBP 72 DBP 40 (noted sbp left arm)" {
		t.Errorf("%q", sets)
	}
	all := resultsOf(t, s)
	if len(all) != 2 || all[0].Note != "left arm" || all[1].Note != "left arm" || all[0].Raw != "72/40" {
		t.Errorf("%+v", all)
	}
	took(t, s, monitored("090500", "m2", obr, panel("118/76", "C")), hl7.ImportOptions{})
	if sets := charted(t, s, "K100"); sets != "08:59:00 SBP 118 DBP 76 (corrected dbp 40) (corrected sbp 72)" {
		t.Errorf("corrected: %q", sets)
	}
	took(t, s, monitored("091000", "m3", obr, panel("", "W")), hl7.ImportOptions{})
	if sets := charted(t, s, "K100"); !strings.HasPrefix(sets, "08:59:00 (") {
		t.Errorf("withdrawn: %q", sets)
	}
	for value, want := range map[string]string{"120 / 80 mmHg": "", "9.6/5.3": "is not possible",
		"120": "not read as one", "72^40": "not read as one"} {
		_, got := valued(t, panel(value, "F"))
		says(t, value, got, want)
	}
}

// Seen red: 16/10 kPa without its unit was charted as a diastolic of 10 mmHg.
func TestHalfOfAPressure(t *testing.T) {
	t.Parallel()
	bp := func(sys, sysUnit, dia, diaUnit string) []string {
		return []string{"OBX|1|NM|8480-6^S^LN||" + sys + "|" + sysUnit + "|||||F",
			"OBX|2|NM|8462-4^D^LN||" + dia + "|" + diaUnit + "|||||F"}
	}
	for _, c := range []struct {
		segments   []string
		want, told string
	}{
		{bp("16", "", "10", ""), "", "diastolic pressure without a unit"},
		{[]string{bp("16", "", "10", "")[1], bp("16", "", "10", "")[0]}, "", "diastolic pressure without a unit"},
		{bp("16", "kPa", "10", ""), "08:59:00 SBP 120", "diastolic pressure without a unit"},
		{bp("16", "", "10", "kPa"), "08:59:00 DBP 75", "is not possible"},
		{bp("120", "", "80", ""), "08:59:00 SBP 120 DBP 80", ""},
	} {
		s, got := valued(t, c.segments...)
		if sets := charted(t, s, "K100"); sets != c.want {
			t.Errorf("%v: %q", c.segments, sets)
		}
		says(t, fmt.Sprint(c.segments), got, c.told)
	}
}

// Seen red: the reject reason, the restriction, the refusal and the death were silent.
func TestSegmentsThatMeanSomething(t *testing.T) {
	t.Parallel()
	potassium := "OBX|1|NM|2823-3^K^LN||6.9|mmol/L||H|||F"
	_, got := valued(t, potassium,
		"SPM|1|||BLD"+strings.Repeat("|", 17)+"RH^Haemolysed^HL70490|||HEM^Hemolyzed^HL70493")
	says(t, "SPM", got, "SPM-21 (Specimen reject reason), SPM-24 (Specimen condition) not used")
	_, got = valued(t, potassium, "SPM|1|||BLD")
	says(t, "SPM", got, "")
	s := record(t)
	got = took(t, s, admissions+`MSH|^~\&|ADTX|OAK|WL|OAK|20260310100000||ADT^A03|c3|P|2.5`+
		"\nPID|1||K100^^^OAK^MR||Marsh^Ada||19600101|F\nARV|1|A|VIP^Restricted^L\nPV1|1|I|6N^^01^OAK\n"+
		"CON|1|002^Blood|||||||||R^Refused\nPDA|I46.9^Cardiac arrest^I10|6N|Y|20260310095000\n", hl7.ImportOptions{})
	for _, want := range []string{"ARV-3", "CON-11", "PDA-1", "PID-30"} {
		says(t, want, got, want)
	}
}

// Seen red: "Na", "U" and "Urea".
func TestAmpersandsInNames(t *testing.T) {
	t.Parallel()
	s := record(t)
	took(t, s, admissions+monitored("090000", "m1", "OBR|1||N1|U&E^Urea & electrolytes^L|||20260310085900",
		"OBX|1|NM|NA^Na & correction^L||118|mmol/L|||||F", "OBX|2|CWE|71020&IMP^^L||X^Fever & rash^L||||||F"),
		hl7.ImportOptions{})
	all := resultsOf(t, s)
	if len(all) != 2 || all[0].Name != "Na & correction" ||
		all[0].OrderCode != "U&E" || all[0].OrderName != "Urea & electrolytes" ||
		all[1].Code != "71020&IMP" || all[1].Value != "Fever & rash" {
		t.Errorf("%+v", all)
	}
}
