package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// lookalikes are letters of other scripts, and digits, that look as a Latin letter does.
var lookalikes = strings.NewReplacer(
	"а", "a", "в", "b", "с", "c", "ԁ", "d", "е", "e", "ё", "e", "һ", "h", "н", "h", "і", "l", "ї", "l", "ј", "j", "к",
	"k", "м", "m", "о", "o",
	"р", "p", "ԛ", "q", "ѕ", "s", "т", "t", "у", "y", "ѵ", "v", "ԝ", "w", "х", "x", "з", "3",
	"α", "a", "β", "b", "ε", "e", "η", "n", "ι", "l", "κ", "k", "μ", "u", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ",
	"u", "χ", "x", "ζ", "z",
	"ı", "l", "i", "l", "1", "l", "|", "l", "0", "o")

// lookOf is the same for IDs that a person takes for one: without the zeros before a
// number, and with one letter for all that look as it does.
func lookOf(id string) string {
	folded := foldedID(id)
	if number := strings.TrimLeft(folded, "0"); strings.Trim(folded, "0123456789") == "" {
		folded = number
	}
	return lookalikes.Replace(folded)
}

func lookAlike(id, other string) string {
	return fmt.Sprintf("warning: the IDs %q (%+q) and %q (%+q) look alike and are two people", id, id, other, other)
}

// likeOthers refuses an ID that only case or space parts from one in the record: it would
// make a second person of the first. Alike are the new ones that look as one in the record
// does.
func likeOthers(ctx context.Context, s *site.Site, people []staff.Staff) (alike []string, err error) {
	all, err := s.Record.AllStaff(ctx)
	if err != nil {
		return nil, err
	}
	known, exact, looks := map[string]string{}, map[string]bool{}, map[string]string{}
	for _, p := range all {
		known[foldedID(p.ID)] = p.ID
		exact[p.ID] = true
		looks[lookOf(p.ID)] = p.ID
	}
	var wrong []error
	for _, p := range people {
		if exact[p.ID] {
			continue
		}
		if before, is := known[foldedID(p.ID)]; is {
			wrong = append(wrong,
				fmt.Errorf("the ID %q differs from %q, which is there, in case or space only", p.ID, before))
		} else if before, is := looks[lookOf(p.ID)]; is {
			alike = append(alike, lookAlike(p.ID, before))
		}
	}
	return alike, errors.Join(wrong...)
}
