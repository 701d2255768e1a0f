//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/ui/spots"
)

// The ten tasks on which a shift hangs, by keyboard alone: the pointer stands in
// its corner from the beginning to the end. One station, one flow; each task goes
// on where the one before ended.
//
// Seen red with the column's Accept doing nothing: nobody had accepted.
func TestByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a window")
	}
	looks := []look{{1600, 1000, 1}}
	if os.Getenv("WARDLIGHT_LONG") != "" {
		looks = append(looks, look{1280, 800, 1}, look{1280, 800, 2}, look{1600, 1000, 2})
	}
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) { tenTasks(t, l) })
	}
}

func tenTasks(t *testing.T, l look) {
	w := newWard(t)
	k := &byKeyboard{screenStation: w.openAs("WS-4B-1", l), w: w, p: w.inBed("07")}
	k.does("mousemove", fmt.Sprint(l.width-1), fmt.Sprint(l.height-1))
	began := time.Now()
	for _, task := range []struct {
		name string
		do   func(*testing.T)
	}{
		{"sign in", k.signsIn}, {"find a patient", k.finds}, {"chart observations", k.charts},
		{"write a note", k.writes},
		{"take over a lock", k.takesOver}, {"accept an alert", k.accepts}, {"hand a bed over", k.handsOver},
		{"read a stale screen", k.readsStale}, {"resolve a conflict", k.resolves}, {"sign out", k.signsOut},
	} {
		if !t.Run(task.name, func(t *testing.T) { k.screenStation.t = t; task.do(t) }) {
			break // the next would begin somewhere else
		}
	}
	k.screenStation.t = t
	t.Logf("the ten tasks took %v", time.Since(began).Round(time.Second))
}

type byKeyboard struct {
	*screenStation
	w *wardOfTwo
	p patient.Patient
}

func (k *byKeyboard) press(keys ...string) {
	if strings.HasSuffix(keys[0], "Return") || len(keys[0]) == 1 { // a letter is for what a hand has read, too
		k.reads()
	}
	k.does(append([]string{"key", "--delay", "40"}, keys...)...)
}

// colleague is a nurse at another station, without a window. Without a client it
// is a station whose Redis is away.
func (k *byKeyboard) colleague(id string,
	client *redisx.Client) (desk *chart.Desk, session staff.Session, signOut func()) {
	k.t.Helper()
	s := station.New(station.Options{Name: "WS-4B-9", Record: k.w.record, Client: client,
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})
	session, err := s.Staff.SignIn(k.t.Context(), id, demo.Password)
	must(k.t, err)
	return s.Desk("4B"), session, func() { must(k.t, s.Staff.SignOut(k.t.Context(), session)) }
}

func (k *byKeyboard) signsIn(*testing.T) {
	k.until("the sign-in", func(m map[string]spots.Spot) bool { return m["signin.id"].Focused })
	k.types("achen")
	k.press("Return")
	k.until("the password's field", func(m map[string]spots.Spot) bool {
		return m["signin.password"].Focused && m["signin.id"].Text == "achen"
	})
	in := false
	for tries := 0; !in && tries < 3; tries++ { // a busy machine's record may be late; the message says so
		k.types(demo.Password)
		k.press("Return")
		k.until("an answer", func(m map[string]spots.Spot) bool {
			in = m["top.user"].Visible
			return in || m["signin.message"].Visible
		})
	}
	k.sees("board.tile." + k.p.MRN)
}

func (k *byKeyboard) finds(*testing.T) {
	k.press("slash")
	k.until("the search", func(m map[string]spots.Spot) bool { return m["board.search"].Focused })
	k.types(k.p.MRN)
	k.until("the one found", func(m map[string]spots.Spot) bool {
		beds := 0
		for name, s := range m {
			if strings.HasPrefix(name, "board.tile.") && s.Visible {
				beds++
			}
		}
		return beds > 0 && beds <= 2 && m["board.tile."+k.p.MRN].Visible // a number with spaces has two names
	})
	opened := func(m map[string]spots.Spot) bool { return m["banner"].Visible }
	k.press("Return") // opens the one that was found; a row that came only now is gone to first
	if m := k.until("the mark on the bed, or the chart", func(m map[string]spots.Spot) bool {
		return opened(m) || m["board.tile."+k.p.MRN].Focused
	}); !opened(m) {
		k.press("Return")
	}
	k.until("the chart", func(m map[string]spots.Spot) bool {
		return m["banner"].Visible && strings.Contains(m["banner"].Text, strings.ToUpper(k.p.Surname)) &&
			m["patient.edit.notes"].Visible && m["patient.edit.notes"].Enabled
	})
}

func (k *byKeyboard) charts(t *testing.T) {
	k.press("o")
	k.until("the form", func(m map[string]spots.Spot) bool { return m["obs.rr"].Focused })
	for _, f := range []struct{ name, keys, end string }{
		{"obs.rr", "26", "Return"}, {"obs.spo2", "90", "Return"}, {"", "o", ""}, {"obs.bp", "88/50", "Return"},
		{"obs.pulse", "135", "Return"}, {"", "v", ""}, {"obs.temp", "39.2", ""},
	} {
		k.types(f.keys)
		k.until(f.name+" "+f.keys, func(m map[string]spots.Spot) bool {
			return f.name == "" ||
				m[f.name].Text == f.keys
		})
		if f.end != "" {
			k.press(f.end)
		}
	}
	k.press("ctrl+Return")
	k.until("NEWS2 19", func(m map[string]spots.Spot) bool { return m["banner.news2"].Text == "19" })
	k.until("the question of the jump", func(m map[string]spots.Spot) bool {
		return m["dialog.choice.0"].Focused && m["dialog.choice.0"].Text == "Keep"
	})
	k.press("Return")
	k.until("the chart again", func(m map[string]spots.Spot) bool { return !m["dialog"].Visible })
	sets, err := k.w.record.Observations(t.Context(), k.p.ID, time.Now().Add(-time.Hour), 10)
	must(t, err)
	if len(sets) == 0 || *sets[0].RR != 26 || *sets[0].Temp != 39.2 || sets[0].By != "achen" {
		t.Errorf("observations in the record: %+v", sets)
	}
}

func (k *byKeyboard) writes(t *testing.T) {
	const text = "Doctor told, comes at once."
	k.press("n")
	k.until("the note's field", func(m map[string]spots.Spot) bool {
		return m["note.text"].Focused &&
			m["note.save"].Enabled
	})
	k.types(text)
	k.until("the note typed", func(m map[string]spots.Spot) bool { return m["note.text"].Text == text })
	k.press("ctrl+Return")
	k.saved(t, text)
}

// saved waits until a note is on the screen, and finds it in the record.
func (k *byKeyboard) saved(t *testing.T, text string) {
	k.until("the note", func(m map[string]spots.Spot) bool { return m["patient.note.0"].Text == text })
	notes, err := k.w.record.Notes(t.Context(), k.p.ID, 5)
	must(t, err)
	if len(notes) == 0 || notes[0].Text != text || notes[0].By != "achen" {
		t.Errorf("notes in the record: %+v", notes)
	}
}

func (k *byKeyboard) takesOver(t *testing.T) {
	desk, session, signOut := k.colleague("tnguyen", k.w.redis)
	defer signOut()
	held, err := desk.Edit(t.Context(), session, "4B", k.p.ID, chart.Notes)
	must(t, err)
	must(t, held.Keep(t.Context(), map[string]string{"note": "Half a sentence"}))
	k.until("who writes",
		func(m map[string]spots.Spot) bool { return strings.Contains(m["lock.holder.notes"].Text, "Nguyen") })
	k.press("n") // what is held cannot be edited: the key leads to what can be done
	k.until("the focus on the lock", func(m map[string]spots.Spot) bool { return m["lock.tell.notes"].Focused })
	k.press("Tab")
	k.until("the focus on Take over", func(m map[string]spots.Spot) bool { return m["lock.take.notes"].Focused })
	k.press("Return")
	k.until("the reason's field", func(m map[string]spots.Spot) bool { return m["dialog.reason"].Focused })
	const why = "Called to bed 3"
	k.types(why)
	k.until("the reason", func(m map[string]spots.Spot) bool { return m["dialog.reason"].Text == why })
	k.press("Return")
	k.until("the note's field", func(m map[string]spots.Spot) bool {
		return m["note.text"].Focused &&
			m["note.save"].Enabled
	})
	select {
	case <-held.Lost():
	case <-time.After(5 * time.Second):
		t.Error("the other nurse is not told")
	}
	var over *chart.TakenOverError
	if err := held.Why(); !errors.As(err, &over) || over.By.Reason != why || !strings.Contains(over.By.Name, "Chen") {
		t.Errorf("the other nurse is told %v", err)
	}
	if d, ok, err := recordtest.Draft(t.Context(), k.w.record, "tnguyen", k.p.ID, chart.Notes); err != nil || !ok ||
		d.Fields["note"] != "Half a sentence" {
		t.Errorf("the other nurse's draft: %v %v %v", d.Fields, ok, err)
	}
	events, err := k.w.record.AuditTail(t.Context(), 50)
	must(t, err)
	if !slices.ContainsFunc(events, func(e audit.Event) bool {
		return e.Actor == "achen" && e.Patient == k.p.ID && e.Action == audit.TakeOver && e.Outcome == audit.Done
	}) {
		t.Error("the audit does not tell of it")
	}
	k.types("Taken over.")
	k.until("the note typed", func(m map[string]spots.Spot) bool { return m["note.text"].Text == "Taken over." })
	k.press("ctrl+Return")
	k.saved(t, "Taken over.")
}

func (k *byKeyboard) accepts(t *testing.T) {
	heard, err := json.Marshal(map[string]string{"bed": "07", "priority": "high", "text": "Fall from bed"})
	must(t, err)
	k.w.cli("PUBLISH", live.Intake(k.w.redis.Keys(), "4B"), string(heard))
	k.until("the card", func(m map[string]spots.Spot) bool {
		return strings.Contains(m["alert.card.0"].Text, "Fall from bed") && m["alert.accept.0"].Enabled
	})
	k.press("F3")
	k.until("the focus on the card", func(m map[string]spots.Spot) bool { return m["alert.open.0"].Focused })
	k.press("a")
	k.until("who accepted",
		func(m map[string]spots.Spot) bool { return strings.Contains(m["alert.card.0"].Text, "Chen") })
	moves, err := k.w.record.MovesAfter(t.Context(), "4B", 0, 100)
	must(t, err)
	if !slices.ContainsFunc(moves, func(m alert.Move) bool {
		return m.Kind == alert.Accepted && m.By == "achen" && m.Alert.Text == "Fall from bed"
	}) {
		t.Error("nobody accepted it in the record")
	}
}

// handsOver gives the patient to another nurse: first of all Escape leaves the
// card, then the chart.
func (k *byKeyboard) handsOver(t *testing.T) {
	tile := "board.tile." + k.p.MRN
	k.press("Escape")
	k.press("Escape")
	k.until("the board", func(m map[string]spots.Spot) bool { return m[tile].Focused })
	k.press("n")
	k.until("the nurses", func(m map[string]spots.Spot) bool { return m["dialog.choice.0"].Focused })
	for i := 0; !strings.HasPrefix(k.chosen(), "Diaz"); i++ {
		if i > 10 {
			t.Fatal("Diaz cannot be chosen")
		}
		was := k.chosen()
		k.press("Down")
		k.until("the next nurse", func(map[string]spots.Spot) bool { return k.chosen() != was })
	}
	k.press("Return")
	k.until("whose patient it is", func(map[string]spots.Spot) bool {
		list, err := k.w.record.Assignments(t.Context(), "4B", time.Now().UTC())
		for _, a := range list {
			if err == nil && a.Patient == k.p.ID && a.Staff == "mdiaz" {
				return true
			}
		}
		return false
	})
	// In large text the rest goes on where the reasons end.
	k.until("the nurse in the foot", func(m map[string]spots.Spot) bool {
		return strings.Contains(m["board.why"].Text+m["board.rest"].Text, "Diaz")
	})
}

// chosen is the choice that has the focus.
func (k *byKeyboard) chosen() string {
	for name, s := range k.read() {
		if strings.HasPrefix(name, "dialog.choice.") && s.Focused && s.Visible {
			return s.Text
		}
	}
	return ""
}

// readsStale: Redis goes away. The station says so and since when, the board
// still stands with what was last read, and a chart opens, from the record.
func (k *byKeyboard) readsStale(*testing.T) {
	k.w.server.Kill()
	k.until("that Redis is away", func(m map[string]spots.Spot) bool {
		return m["strip"].Visible && strings.Contains(m["strip"].Text, "Redis has been away since")
	})
	k.press("Return")
	k.until("the chart", func(m map[string]spots.Spot) bool {
		return m["banner"].Visible && strings.Contains(m["banner"].Text, strings.ToUpper(k.p.Surname)) &&
			m["patient.edit.notes"].Visible && m["patient.edit.notes"].Enabled
	})
}

// resolves: without Redis nothing is locked. A colleague saves first; this nurse's
// save is refused, hers and the colleague's stand side by side; she looks at both,
// chooses hers, and it is saved after the colleague's.
func (k *byKeyboard) resolves(t *testing.T) {
	k.press("n")
	k.until("the note's field", func(m map[string]spots.Spot) bool {
		return m["note.text"].Focused &&
			m["note.save"].Enabled
	})
	const mine, theirs = "Drinks well.", "Pain is 2 of 10."
	k.types(mine)
	k.until("the note typed", func(m map[string]spots.Spot) bool { return m["note.text"].Text == mine })
	desk, session, signOut := k.colleague("mdiaz", nil)
	defer signOut()
	e, err := desk.Edit(t.Context(), session, "4B", k.p.ID, chart.Notes)
	must(t, err)
	_, err = e.Save(t.Context(), map[string]string{"note": theirs}, chart.Entry{Note: &chart.Note{Text: theirs}})
	must(t, err)
	k.press("ctrl+Return")
	k.until("the colleague's note beside, and the choice of her own", func(m map[string]spots.Spot) bool {
		return m["conflict.note.is"].Visible && strings.Contains(m["conflict.note.is"].Text, theirs) &&
			m["conflict.note.mine"].Focused
	})
	// The other side and back, as one does who thinks about it.
	k.press("Left")
	k.until("theirs to choose", func(m map[string]spots.Spot) bool { return m["conflict.note.theirs"].Focused })
	k.press("Return")
	k.until("theirs", func(m map[string]spots.Spot) bool {
		return strings.Contains(m["conflict.note.text"].Text,
			theirs)
	})
	k.press("Right")
	k.until("hers to choose", func(m map[string]spots.Spot) bool { return m["conflict.note.mine"].Focused })
	k.press("Return")
	k.until("hers again", func(m map[string]spots.Spot) bool { return m["conflict.note.text"].Text == mine })
	k.press("ctrl+Return")
	k.saved(t, mine)
	notes, err := k.w.record.Notes(t.Context(), k.p.ID, 5)
	must(t, err)
	if len(notes) < 2 || notes[1].Text != theirs || notes[1].By != "mdiaz" {
		t.Errorf("the colleague's note is lost: %+v", notes)
	}
	k.w.server.Restart(false)
	k.until("that Redis is back",
		func(m map[string]spots.Spot) bool { return !strings.Contains(m["strip"].Text, "Redis has been away") })
}

func (k *byKeyboard) signsOut(*testing.T) {
	k.press("ctrl+k")
	k.until("the commands", func(m map[string]spots.Spot) bool { return m["dialog.filter"].Focused })
	k.types("sign out")
	k.until("what was typed", func(m map[string]spots.Spot) bool { return m["dialog.filter"].Text == "sign out" })
	k.press("Return")
	k.until("lock or sign out", func(m map[string]spots.Spot) bool {
		return m["dialog.choice.0"].Focused && m["dialog.choice.0"].Text == "Lock"
	})
	k.press("Down")
	k.until("sign out", func(map[string]spots.Spot) bool { return k.chosen() == "Sign out" })
	k.press("Return")
	k.until("what she has in hand", func(map[string]spots.Spot) bool { return k.chosen() == "Give back and sign out" })
	k.press("Return")
	k.until("the sign-in", func(m map[string]spots.Spot) bool {
		return m["signin.id"].Focused &&
			m["signin.id"].Text == ""
	})
	k.until("the session's end",
		func(map[string]spots.Spot) bool { return k.w.cli("--scan", "--pattern", "wl:s:*") == "" })
}
