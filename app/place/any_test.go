package place_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/place"
)

// Whatever is said, however little sense it makes, and in whatever order it comes:
// it comes to one history, and the patient is in one place at most.
func TestAnythingComesToOneHistory(t *testing.T) {
	kinds := []place.Kind{place.Admit, place.Admit, place.Register, place.ToInpatient, place.ToOutpatient,
		place.Transfer, place.Transfer,
		place.Discharge, place.Update, place.Leave, place.Return, place.Delete, place.Renumber, place.PlanAdmission,
		place.PlanTransfer,
		place.CancelAdmit, place.CancelTransfer, place.CancelDischarge, place.CancelLeave, place.CancelPlanAdmission,
		place.Put}
	begin := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		at := func(label string) time.Time {
			hours := rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, 5, 30, 60, -30, -700}).Draw(t, label)
			return begin.Add(time.Duration(hours) * time.Hour)
		}
		maybe := func(label string) (out time.Time) {
			if rapid.Bool().Draw(t, "has "+label) {
				out = at(label)
			}
			return out
		}
		one := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
		where := func(label string) place.Where {
			return place.Where{Ward: one(label, "", "6N", "7S", "ED"), Bed: one(label, "", "1", "2")}
		}
		var events []place.Event
		for n := range rapid.IntRange(1, 12).Draw(t, "events") {
			e := place.Event{ID: fmt.Sprint("e", n), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), At: at("at"),
				Recorded: maybe("recorded"),
				Sent:     maybe("sent"), Occurred: maybe("occurred"), Admitted: maybe("admitted"),
				Class: one("class", "", "I", "O", "E", "D", "x"),
				To:    where("to"), From: where("from"), Began: maybe("began")}
			e.Visit.Value, e.Account.Value = one("visit", "", "", "V1", "V2"), one("account", "", "A1", "A2")
			e.Prior.Value = one("prior", "V1", "V2")
			events = append(events, e)
		}
		straight := written(place.Fold(events))
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		h := place.Fold(events)
		if got := written(h); got != straight {
			t.Fatalf("in order  %s\nshuffled  %s", straight, got)
		}
		here := 0
		for _, v := range h.Visits {
			if v.Now().Ward != "" {
				here++
			}
		}
		if here > 1 {
			t.Fatalf("in %d places: %s", here, straight)
		}
	})
}
