package patient_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

func name(s string) patient.FullName {
	surname, given, _ := strings.Cut(s, ", ")
	return patient.FullName{Surname: surname, Given: given}
}

// Seen red: without the comparison of given names a maiden name is another's;
// without the words of placeholders a monitor's "UNKNOWN" is; with "always the
// same" father and son are one.
func TestOtherName(t *testing.T) {
	same := [][2]string{
		{"Marsh, Ada", "Marsh, Ada"}, {"MARSH, ADA", "Marsh, Ada"}, {"Marsh, Ada", "marsh, ada"},
		{"Müller, Jürgen", "Mueller, Juergen"}, {"Müller, Jürgen", "Muller, Jurgen"},
		{"Øvergård, Kåre", "Overgard, Kare"},
		{"Łukasiewicz, Zoë", "Lukasiewicz, Zoe"}, {"Groß, Änne", "Gross, Aenne"}, {"Nguyễn, Văn", "Nguyen, Van"},
		{"O'Neill, Sean", "ONeill, Seán"}, {"O’Neill, Sean", "O'Neill, Sean"},
		{"García-López, Ana", "Garcia Lopez, Ana"},
		{"Ada, Marsh", "Marsh, Ada"}, {"Nguyen, Van An", "Van An, Nguyen"}, {"Li, Wei", "Wei, Li"},
		{"Marsh-Brook, Ada", "Marsh, Ada"}, {"Brook, Ada", "Marsh-Brook, Ada"}, {"García López, Ana", "García, Ana"},
		{"Marsh, Ada Louise", "Marsh, Ada"}, {"Marsh, Louise", "Marsh, Ada Louise"},
		{"Marsh, Anna-Lena", "Marsh, Annalena"},
		{"Marsh, Ada", "Brook, Ada"}, {"Marsh, Maria", "Huber, Maria Anna"}, // the maiden name
		{"Marsh, Rob", "Marsh, Robert"}, {"Marsh, Tom", "Marsh, Thomas"}, {"Marsh, Bill", "Marsh, William"},
		{"Marsh, Liz", "Marsh, Elizabeth"},
		{"Marsh, A", "Marsh, Ada"}, {"Marsh, Alex", "Marsh, Alexander"}, {"Schmidt, Hans", "Schmidt, Johannes"},
		{"Marsh, Catherine", "Marsh, Catherin"}, {"Marsh, Stefan", "Marsh, Steffan"}, {"Marsh, Maira", "Marsh, Maria"},
		{"Smith, John", "Smyth, Jon"},
		{"von Berg, Karl", "Berg, Karl"}, {"van der Meer, Jan", "Meer, Jan"}, {"Dr. Marsh, Ada", "Marsh, Ada"},
		{"Marsh Jr., Tom", "Marsh, Tom"},
		{"Marsh, Ada", "UNKNOWN, PATIENT"}, {"Marsh, Ada", "UNIDENTIFIED, "}, {"Marsh, Ada", "PATIENT, "},
		{"Marsh, Ada", "TRAUMA, ALPHA"},
		{"Marsh, Ada", "DOE, JOHN"}, {"Marsh, Ada", "Doe, Jane"}, {"Marsh, Ada", "TEST, TEST"}, {"Marsh, Ada", ", "},
		{"Marsh, Ada", "Unbekannt, Mann"},
		{"Marsh, Ada", "BABY, "}, {"Vale, Babyboy", "Vale, Max"}, {"Vale, Baby Girl", "Vale, Mia"},
		{"Marsh, Ada", "Unknown, Female 3"}, {"Marsh, Ada", "N.N., "},
		{"Marsh, ", "Marsh, Ada"}, {"Marsh, Ada", ", Ada"}, {"Иванов, Иван", "Ivanov, Ivan"}, {"李, 伟", "Li, Wei"},
		{"Al-Rashid, Omar", "Rashid, Omar"},
	}
	for _, pair := range same {
		if a, b := name(pair[0]), name(pair[1]); patient.OtherName(a, b) || patient.OtherName(b, a) {
			t.Errorf("%q and %q are two people", pair[0], pair[1])
		}
	}
	other := [][2]string{
		{"Marsh, Ada", "Brook, Tom"}, {"Marsh, Ada", "Marsh, Tom"}, {"Vale, Ruth", "Vale, Tom"},
		{"Fell, Ian", "Fen, Owen"},
		{"Müller, Jürgen", "Meier, Hans"}, {"Schmidt, Hans", "Schmidt, Peter"}, {"García, Ana", "García, Luis"},
		{"Marsh, Ada", "Tom, Brook"},
		{"Nguyễn, Văn", "Trần, Minh"}, {"Li, Wei", "Wang, Min"}, {"Marsh-Brook, Ada", "Marsh, Olive"},
		{"Kowalski, Jan", "Nowak, Piotr"},
		{"Marsh, ", "Brook, Tom"}, {"Иванов, Иван", "Петров, Пётр"}, {"Berg, Ingrid", "Øvergård, Kåre"},
		{"OLD NAME, OLD", "Dietrich, Ludwig Amadeus"},
		{"Doe, Peter", "Marsh, Ada"}, {"Brook, ", "Marsh, "},
	}
	for _, pair := range other {
		if a, b := name(pair[0]), name(pair[1]); !patient.OtherName(a, b) || !patient.OtherName(b, a) {
			t.Errorf("%q and %q are one person", pair[0], pair[1])
		}
	}
	if n := len(same) + len(other); n < 70 {
		t.Errorf("%d pairs", n)
	}
}

func birth(s string) patient.Birth {
	for layout, in := range map[string]patient.BornIn{"2006": patient.YearOnly, "2006-01": patient.YearMonth,
		time.DateOnly: patient.WholeDate} {
		if at, err := time.Parse(layout, s); err == nil {
			return patient.Birth{Day: at, In: in}
		}
	}
	return patient.Birth{}
}

// Seen red: without the swap of day and month 4 March is another's than 3 April.
func TestOtherBirth(t *testing.T) {
	same := [][2]string{
		{"1960-01-01", "1960-01-01"}, {"1960-03-04", "1960-04-03"}, {"1960-03-04", "1961-03-04"},
		{"1960-03-04", "1960-03-05"},
		{"1960-03-04", "1906-03-04"}, {"1960-03-12", "1960-03-21"}, {"1960-03-04", ""}, {"1960-03-04", "1900-01-01"},
		{"1960-03-04", "1800-01-01"},
		{"1960-03-04", "1111-11-11"}, {"1960-03-04", "1960"}, {"1960-03-04", "1961"}, {"1960-03-04", "1960-03"},
		{"1960-03-04", "1960-08"},
		{"1960-01-01", "1960-07-23"}, {"1960", "1900"}, {"1960-03-04", "1899-12-30"}, {"1960-03-04", "1960-13-04"},
	}
	for _, pair := range same {
		if a, b := birth(pair[0]), birth(pair[1]); patient.OtherBirth(a, b) || patient.OtherBirth(b, a) {
			t.Errorf("%q and %q are two people", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{
		{"1960-03-04", "1955-02-02"}, {"1960-03-04", "2026-03-09"}, {"1960-03-04", "1975"},
		{"1960-03-04", "1961-05-04"},
		{"1960-03-14", "1960-05-27"}, {"1934-02-12", "1949-05-06"}, {"1960", "1975"}, {"1960-03", "1961-05"},
	} {
		if a, b := birth(pair[0]), birth(pair[1]); !patient.OtherBirth(a, b) || !patient.OtherBirth(b, a) {
			t.Errorf("%q and %q are one person", pair[0], pair[1])
		}
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	for _, n := range []string{"", "0", "000000000", "000-00-0000", "999999999", "99999", "UNKNOWN", "unk", "None",
		"N/A", "XXXX", "????", "null"} {
		if !patient.Placeholder(n) {
			t.Errorf("%q is a number", n)
		}
	}
	for _, n := range []string{"K100", "1", "99", "999", "100000", "INS-77", "0000012", "9999998"} {
		if patient.Placeholder(n) {
			t.Errorf("%q is none", n)
		}
	}
}
