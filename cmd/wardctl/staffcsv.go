package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/staff"
)

// staffColumns are the columns of a list of staff, in their order.
var staffColumns = []string{"id", "surname", "given", "role", "wards"}

const (
	// mostOfList is how many bytes a list of staff may have: that of a large hospital has
	// a tenth.
	mostOfList = 4 << 20
	// longestCell is how many characters a cell may have.
	longestCell = 200
)

// readPeople reads the whole file before anything is changed; see [parsePeople].
func readPeople(file string) (people []staff.Staff, marked []string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostOfList+1))
	if err != nil {
		return nil, nil, err
	}
	if len(text) > mostOfList {
		return nil, nil, fmt.Errorf("%s: more than %d MiB is no list of staff", file, mostOfList>>20)
	}
	return parsePeople(file, strings.NewReader(string(text)))
}

// parsePeople reads a list of staff: all of it, or an error that names each line that is
// wrong. Marked names the lines in whose names something was that steers a screen, and was
// taken out; in an ID it is an error, since two IDs would look alike.
func parsePeople(file string, in io.Reader) (people []staff.Staff, marked []string, err error) {
	r := csvReader(in)
	var wrong []error
	seen := map[string]int{} // the line of an ID, by its folded form
	looks := map[string]string{}
	for first := true; ; first = false {
		row, line, err := cells(r)
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil && line == 0 {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		at := fmt.Sprintf("%s:%d", file, line)
		if err == nil && len(row) != len(staffColumns) {
			if other := otherSeparator(row, len(staffColumns)); other != "" {
				return nil, nil, fmt.Errorf("%s: %s", at, other)
			}
			err = fmt.Errorf("wrong number of fields: %d, not %d (%s)", len(row), len(staffColumns),
				strings.Join(staffColumns, ","))
		}
		if err == nil && first && isHeading(row) {
			if err := heading(row); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", at, err)
			}
			continue
		}
		var p staff.Staff
		var steered bool
		if err == nil {
			p, steered, err = person(row)
		}
		if err == nil {
			if before := seen[foldedID(p.ID)]; before > 0 {
				err = fmt.Errorf(
					"each line needs an ID of its own: %q is that of line %d, but for case and space at most",
					p.ID, before)
			}
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", at, err))
			continue
		}
		seen[foldedID(p.ID)] = line
		if before := looks[lookOf(p.ID)]; before != "" {
			marked = append(marked, at+": "+lookAlike(p.ID, before))
		}
		looks[lookOf(p.ID)] = p.ID
		if steered {
			marked = append(marked, at+": characters that cannot be seen were taken out of the name")
		}
		people = append(people, p)
	}
	if len(wrong) > 0 {
		return nil, marked, errors.Join(wrong...)
	}
	if len(people) == 0 {
		return nil, marked, fmt.Errorf("%s: nobody is in it", file)
	}
	return people, marked, nil
}

// isHeading reports whether a line names the columns, in whatever order.
func isHeading(row []string) bool {
	named := func(cell string) bool { return slices.Contains(staffColumns, strings.ToLower(strings.TrimSpace(cell))) }
	return strings.EqualFold(strings.TrimSpace(row[0]), staffColumns[0]) ||
		!slices.ContainsFunc(row, func(cell string) bool { return !named(cell) })
}

// heading refuses columns in another order: names would change places.
func heading(row []string) error {
	for i, name := range staffColumns {
		if !strings.EqualFold(strings.TrimSpace(row[i]), name) {
			return fmt.Errorf("column %d is %.24q: the columns are %s, in this order", i+1, row[i],
				strings.Join(staffColumns, ","))
		}
	}
	return nil
}

// shortened is a long number as a spreadsheet writes it: its last digits are lost.
var shortened = regexp.MustCompile(`^\d(?:[.,]\d+)?[eE]\+?\d+$`)

// person reads one line. Steered says that something was taken out of a name.
func person(row []string) (p staff.Staff, steered bool, err error) {
	for i, cell := range row {
		row[i] = strings.TrimSpace(cell)
		if strings.ContainsRune(cell, utf8.RuneError) { // also for each byte that is none
			return p, false, fmt.Errorf("%s is not UTF-8: save the list as UTF-8", staffColumns[i])
		}
		if utf8.RuneCountInString(cell) > longestCell {
			return p, false, fmt.Errorf("%s is longer than %d characters", staffColumns[i], longestCell)
		}
	}
	for _, i := range []int{0, 4} { // what is compared, not read
		if unseen(row[i]) {
			return p, false, fmt.Errorf("%s %+.60q holds characters that cannot be seen", staffColumns[i], row[i])
		}
	}
	if shortened.MatchString(row[0]) {
		return p, false,
			fmt.Errorf("the ID %q is what a spreadsheet made of a long number: write it as text there", row[0])
	}
	p = staff.Staff{ID: row[0], Surname: foreign.Line(row[1], longestCell), Given: foreign.Line(row[2], longestCell),
		Wards: []string{}, Active: true}
	if p.ID == "" || p.Surname == "" {
		return p, false, errors.New("each line needs an ID of its own and a surname")
	}
	if p.Role, err = readRole(row[3]); err != nil {
		return p, false, err
	}
	for w := range strings.SplitSeq(row[4], ";") {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(p.Wards, w) {
			p.Wards = append(p.Wards, w)
		}
	}
	return p, foreign.Held(row[1]) || foreign.Held(row[2]), nil
}

// unseen reports whether an ID holds what cannot be seen, or steers: with one more of them it
// looks the same and is another.
func unseen(id string) bool {
	return foreign.Held(id) || strings.ContainsFunc(id, func(r rune) bool {
		return unicode.IsControl(r) ||
			unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
	})
}

// foldedID is an ID as people compare it: without case, width and space.
func foldedID(id string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(id)), ""))
}
