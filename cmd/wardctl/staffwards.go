package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// wardName is what commands take for a ward, and a person reads: CODE@SITE, or its ID
// where it has no code.
func wardName(w ward.Ward) string {
	switch {
	case w.Code == "":
		return w.ID
	case w.Site == "":
		return w.Code
	}
	return w.Code + "@" + w.Site
}

// unknownWards refuses people of a ward that the record does not have: they would see no
// patient. A record that has no ward yet takes them, and that is said.
func unknownWards(ctx context.Context, said io.Writer, s *site.Site, people []staff.Staff) error {
	all, err := s.Record.Wards(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(said,
			"the record has no ward yet: nobody sees a patient until `wardctl import hl7` has brought theirs")
		return nil
	}
	names, known := make([]string, len(all)), map[string]bool{}
	for n, w := range all {
		names[n], known[w.ID] = wardName(w), true
	}
	var wrong []error
	for _, p := range people {
		for _, name := range p.Wards {
			id, err := wardID(name, s)
			if err == nil && !known[id] {
				err = fmt.Errorf("no ward %q: there are %s", name, strings.Join(names, ", "))
			}
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", p.ID, err))
			}
		}
	}
	return errors.Join(wrong...)
}
