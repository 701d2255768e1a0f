package station_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/ward"
)

// An alert keeps its patient's name wherever the patient is: on another ward from the
// start, moved since, or discharged, and over a restart. Seen red: the card looked for
// the patient for ever.
func TestAnAlertKeepsItsPatientsName(t *testing.T) {
	h := build(t)
	store := h.store()
	must(t, store.PutWard(t.Context(), ward.Ward{ID: "5A", Name: "5A Surgery"}))
	must(t, store.PutBed(t.Context(), ward.Bed{Ward: "5A", Name: "04", State: ward.BedFree}))
	lind := patient.Summary{Patient: patient.Patient{ID: "p9", Surname: "Lind", Given: "Bo", MRN: "7009009"}, Ward: "5A",
		Bed: "04"}
	must(t, store.PutPatient(t.Context(), lind))
	for id, p := range map[string]string{"here": "p1", "there": "p9"} {
		a := alert.Alert{ID: id, Ward: "4B", Patient: p, Priority: alert.Low, Text: id, Raised: time.Now().UTC()}
		if p == "p1" {
			a.Bed = "01"
		}
		_, err := store.AppendMove(t.Context(), alert.Move{ID: uuid.NewString(), Kind: alert.Raised, Alert: a})
		must(t, err)
	}
	card := func(p live.Picture, id string) (c alert.Card) {
		for _, c = range p.Cards {
			if c.Alert.ID == id {
				return c
			}
		}
		return alert.Card{}
	}
	says := func(d *desk, id, name, place string) {
		t.Helper()
		d.until(t, id+" "+name+" "+place, func(p live.Picture) bool {
			c := card(p, id)
			return c.Surname == name && c.MRN != "" && !c.Unidentified && c.Place() == place
		})
	}
	a := h.open("WS-1")
	says(a, "there", "Lind", "now in 5A Surgery, bed 04")
	says(a, "here", "Okoye", "bed 01")

	all, err := store.Summaries(t.Context(), []string{"p1"})
	must(t, err)
	okoye := all["p1"]
	okoye.Bed = "02"
	must(t, store.PutPatient(t.Context(), okoye))
	says(a, "here", "Okoye", "raised in bed 01, now in bed 02")
	okoye.Ward, okoye.Bed = "5A", ""
	must(t, store.PutPatient(t.Context(), okoye))
	says(a, "here", "Okoye", "raised in bed 01, now in 5A Surgery")
	must(t, store.Discharge(t.Context(), "p1"))
	says(a, "here", "Okoye", "raised in bed 01, on no ward now")
	says(h.open("WS-2"), "here", "Okoye", "raised in bed 01, on no ward now")
}
