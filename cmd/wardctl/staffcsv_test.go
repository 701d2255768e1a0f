package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/staff"
)

func people(t *testing.T, text string) ([]staff.Staff, []string, error) {
	t.Helper()
	return parsePeople("staff.csv", strings.NewReader(text))
}

// A list as a spreadsheet saves it: with a byte order mark, also in UTF-16, and where two
// files were put together. Seen red without the mark taken off: the ID was "\ufeffn01".
func TestStaffListWithByteOrderMark(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "app", "hl7", "testdata", "cases", "63-staff-bom.csv"))
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.TrimPrefix(string(text), byteOrderMark)
	if plain == string(text) {
		t.Fatal("the file has no byte order mark")
	}
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(plain)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	lines := strings.SplitAfter(plain, "\n")
	for name, text := range map[string]string{"UTF-8": string(text), "UTF-16": string(wide), "none": plain,
		"two files": byteOrderMark + lines[0] + byteOrderMark + lines[1],
		"CRLF":      byteOrderMark + strings.ReplaceAll(plain, "\n", "\r\n"),
		"quoted":    byteOrderMark + `"n01","Holm","Eva","nurse","6N"` + "\n" + lines[1],
		"heading":   byteOrderMark + "ID, Surname, Given, Role, Wards\n" + plain} {
		got, marked, err := people(t, text)
		if err != nil || len(marked) > 0 || len(got) != 2 || got[0].ID != "n01" || got[1].ID != "n02" ||
			got[0].Name() != "Holm, Eva" ||
			!slices.Equal(got[1].Wards, []string{"6N"}) {
			t.Errorf("%s: %+v %v %v", name, got, marked, err)
		}
	}
}

// Each line that is wrong is named, and nobody of the list is taken.
func TestStaffListNamesEveryWrongLine(t *testing.T) {
	got, _, err := people(t,
		"a,B,C,nurse,4B\nb,D,E,nruse,4B\nc,,E,nurse,4B\nd,F,G,nurse\n\"e\"x,F,G,nurse,4B\nA ,F,G,nurse,4B\nf,F,G,nurse,4B\n"+
			"h\u202ei,F,G,nurse,4B\nj\x00,F,G,nurse,4B\nk,F,G,nurse,4\u200bB\nl,N\xfa\xf1ez,G,nurse,4B\nｆ,F,G,nurse,4B\nm\ufe0f,F,G,nurse,4B\n")
	if got != nil || err == nil {
		t.Fatalf("%+v %v", got, err)
	}
	want := []string{"2: role", "3: each line needs an ID of its own and a surname", "4: wrong number of fields", "5: ",
		`6: each line needs an ID of its own: "A" is that of line 1`, `8: id "h\u202ei" holds`, `9: id "j\x00" holds`,
		`10: wards "4\u200bB" holds`,
		"11: surname is not UTF-8", `12: each line needs an ID of its own: "ｆ" is that of line 7`,
		`13: id "m\ufe0f" holds`}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d errors: %v", len(lines), err)
	}
	for i, line := range lines {
		if !strings.HasPrefix(line, "staff.csv:"+want[i]) {
			t.Errorf("%s, want %s", line, want[i])
		}
	}
}

// What steers a screen is taken out of a name, and said.
func TestStaffListCleansNames(t *testing.T) {
	got, marked, err := people(t, "a,\u202emloH\u202c,Eva\x07 Maria,nurse,4B\nb,Núñez,Ana,nurse,4B\n")
	if err != nil || got[0].Surname != "mloH" || got[0].Given != "Eva Maria" || got[1].Surname != "Núñez" {
		t.Errorf("%+v %v", got, err)
	}
	if len(marked) != 1 || !strings.HasPrefix(marked[0], "staff.csv:1: ") || strings.Contains(marked[0], "mloH") {
		t.Errorf("marked: %q", marked)
	}
}

// A list that is separated otherwise, or in another order, is refused as a whole in words
// that say what to do.
func TestStaffListOfAnotherForm(t *testing.T) {
	for text, want := range map[string]string{
		"id;surname;given;role;wards\nn01;Holm;Eva;nurse;6N\n":   "staff.csv:1: its cells are separated by semicolons",
		byteOrderMark + "n01;Holm;Eva;nurse;6N,7S\n":             "staff.csv:1: its cells are separated by semicolons",
		"n01\tHolm\tEva\tnurse\t6N\n":                            "staff.csv:1: its cells are separated by tabs",
		"\"n01,Holm,Eva,nurse,6N\"\n":                            "staff.csv:1: the whole line stands in quotes",
		"id,given,surname,role,wards\nn01,Eva,Holm,nurse,6N\n":   "staff.csv:1: column 2",
		strings.Repeat("n", longestCell+1) + ",Holm,,nurse,6N\n": "staff.csv:1: id is longer",
	} {
		if got, _, err := people(t, text); got != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.30q: %+v %v, want %s", text, got, err, want)
		}
	}
	file := filepath.Join(t.TempDir(), "staff.csv")
	write(t, file, strings.Repeat("\n", mostOfList+1))
	if _, _, err := readPeople(file); err == nil || !strings.Contains(err.Error(), "MiB") {
		t.Errorf("too long: %v", err)
	}
}

// FuzzStaffCSV: who is taken from any file has an ID and a surname of plain text, and no ID
// twice as people see it.
func FuzzStaffCSV(f *testing.F) {
	for _, text := range []string{"n01,Holm,Eva,nurse,6N\nn02,Berg,Ole,it,6N;7S\n",
		"\ufeffid,surname,given,role,wards\n\"a\",\"B\"\"b\",,doctor,\n",
		"a;B;C;nurse;4B\n", "a,B,C,nurse,4B\nA,B,C,nurse,4B\n", "a\u202e,B,C,nurse,4B\n\"", "\xff\xfea\x00,\x00",
		"a,\u200f,C,nurse,4B\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, marked, err := parsePeople("f", strings.NewReader(string(text)))
		if err != nil && all != nil || len(marked) > 0 && err == nil && len(all) == 0 {
			t.Fatalf("%+v %q %v", all, marked, err)
		}
		seen := map[string]bool{}
		for _, p := range all {
			id := foldedID(p.ID)
			if id == "" || seen[id] || p.Surname == "" || !slices.Contains(roles, p.Role) || !p.Active {
				t.Fatalf("%+v", p)
			}
			seen[id] = true
			for _, s := range append([]string{p.ID, p.Surname, p.Given}, p.Wards...) {
				if !utf8.ValidString(s) || strings.TrimSpace(s) != s || foreign.Held(s) ||
					strings.ContainsFunc(s, unicode.IsControl) {
					t.Fatalf("%+q in %+v", s, p)
				}
			}
		}
	})
}

// IDs that look alike are two people, and whoever hands out the passwords is told. Seen
// red: nothing was said.
func TestIDsThatLookAlike(t *testing.T) {
	for text, want := range map[string]int{
		"0012,A,B,nurse,4B\n12,C,D,nurse,4B\n": 1, "o1,A,B,nurse,4B\nо1,C,D,nurse,4B\n": 1,
		"o1,A,B,nurse,4B\n01,C,D,nurse,4B\nol,E,F,nurse,4B\n":    1,
		"ann,A,B,nurse,4B\nanna,C,D,nurse,4B\n":                  0,
		"12,A,B,nurse,4B\n120,C,D,nurse,4B\nn012,E,F,nurse,4B\n": 0, "αnn,A,B,nurse,4B\nann,C,D,nurse,4B\n": 1,
	} {
		got, marked, err := people(t, text)
		if err != nil || len(got) < 2 || len(marked) != want || want > 0 && !strings.Contains(marked[0], "look alike") {
			t.Errorf("%q: %q %v", text, marked, err)
		}
	}
	data := t.TempDir()
	ctl(t, data, "staff", "add", "o1", "--surname", "Old", "--ward", "4B")
	file := filepath.Join(t.TempDir(), "staff.csv")
	write(t, file, "о1,New,Ann,nurse,4B\n")
	var said strings.Builder
	root := newRoot()
	root.SetArgs([]string{"--data", data, "staff", "import", file, "--passwords", file + ".first"})
	root.SetErr(&said)
	if err := root.Execute(); err != nil || !strings.Contains(said.String(), "look alike") {
		t.Errorf("like one in the record: %q %v", said.String(), err)
	}
}

// One person is taken by the rules of a list. Seen red: any ID and name was taken as typed.
func TestOnePersonIsTakenAsAListIs(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "staff", "add", "achen", "--surname", "Chen")
	for _, id := range []string{"Achen", "a\u200bchen", " ", "1.23457E+15"} {
		if out, err := try(t, data, "staff", "add", id, "--surname", "Chen"); err == nil {
			t.Errorf("%q is taken: %s", id, out)
		}
	}
	ctl(t, data, "staff", "add", "achen", "--surname", "Marsh")
}
