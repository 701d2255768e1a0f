//go:build linux

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/ui/spots"
)

// A decision of many words in the real window: the tile says what it is, and the banner all
// of it or, in the largest text, what it is, and never a part; the allergy is whole.
func TestLongDecisionIsWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a window")
	}
	const (
		decision = "Decision of 3 March, reviewed on 9 March by Dr Osei with the family present: " +
			"no attempt at cardiopulmonary resuscitation; all other treatment goes on"
		allergy = "Sulfamethoxazole with trimethoprim, in any form"
	)
	looks := []look{{1280, 800, 2}}
	if long(0, 1) > 0 {
		looks = append(looks, look{1280, 800, 1}, look{1600, 1000, 1}, look{1600, 1000, 2})
	}
	w := newWard(t)
	p := w.inBed("07")
	all, err := w.record.Summaries(t.Context(), []string{p.ID})
	must(t, err)
	s := all[p.ID]
	s.Flags = []patient.Flag{{Kind: patient.FlagDNACPR, Text: decision}, {Kind: patient.FlagFalls}}
	s.Allergy, s.Allergic = patient.AllergiesRecorded, []patient.Allergy{{Substance: allergy, Reaction: "Anaphylaxis"}}
	must(t, w.record.PutPatient(t.Context(), s))
	t.Setenv(spots.WordsEnv, "1")
	for i, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			w.t = t
			st := w.openAs([]string{"WS-4B-1", "WS-4B-2", "WS-4B-3", "WS-4B-4"}[i], l)
			st.signIn("achen")
			tile := "board.tile." + p.MRN
			st.sees(tile)
			st.until("the words of the tile", func(m map[string]spots.Spot) bool {
				if says(m[tile], "DNACPR") && says(m[tile], "Sulfa") {
					return true
				}
				st.scrolls(m[tile]) // in the largest text a tile is higher than the view
				return false
			})
			st.turnTo(p.MRN)
			st.until("the words of the banner", func(m map[string]spots.Spot) bool {
				whole, any := says(m["banner"], "DNACPR: "+decision), says(m["banner"], "resuscitation")
				return (whole || says(m["banner"], "DNACPR") && !any) && says(m["banner"], allergy+": Anaphylaxis")
			})
		})
	}
	w.t = t
}

// scrolls turns the wheel one step down over what was seen.
func (s *screenStation) scrolls(at spots.Spot) {
	s.window = strings.Fields(s.does("search", "--onlyvisible", "--name", "^Wardlight$"))[0]
	s.does("mousemove", "--window", s.window, fmt.Sprint(int(at.X+at.W/2)), fmt.Sprint(int(at.Y+at.H/2)))
	s.does("click", "5")
}

// says reports whether a text stands whole on what is drawn, however it is broken.
func says(s spots.Spot, text string) bool {
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return strings.Contains(bare(strings.Join(s.Words, "")), bare(text))
}
