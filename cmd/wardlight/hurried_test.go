//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/spots"
)

// A hurried hand at the real window: what double clicks, quick searches and a set of one
// value do, and what a monkey does while alerts come and go.
func TestHurriedHand(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a window")
	}
	h := hurry(t, 7)
	h.in(t, "a double click", h.doubleClicks)
	h.in(t, "a quick search", func(t *testing.T) { h.searches(t, 12) })
	h.in(t, "a set of one value", h.partial)
	h.in(t, "a monkey", func(t *testing.T) { h.monkey(t, 24) })
}

// TestHurriedHands searches 500 times and presses 2,000 times, in four wards at once: a hand
// mostly waits. Only with WARDLIGHT_LONG=1.
func TestHurriedHands(t *testing.T) {
	if os.Getenv("WARDLIGHT_LONG") == "" {
		t.Skip("takes half an hour: WARDLIGHT_LONG=1")
	}
	const wards = 4
	for seed := range uint64(wards) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			h := hurry(t, seed)
			h.in(t, "quick searches", func(t *testing.T) { h.searches(t, 500/wards) })
			h.in(t, "a monkey", func(t *testing.T) { h.monkey(t, 2000/wards) })
		})
	}
}

// long is how often something is tried: fewer times where all else is tested, too.
func long(short, long int) int {
	if os.Getenv("WARDLIGHT_LONG") != "" {
		return long
	}
	return short
}

type hurried struct {
	*byKeyboard
	rand *rand.Rand
}

// hurry is a hand that has signed in at the window of a ward of its own.
func hurry(t *testing.T, seed uint64) *hurried {
	w := newWard(t)
	h := &hurried{byKeyboard: &byKeyboard{screenStation: w.open("WS-4B-1"), w: w, p: w.inBed("07")},
		rand: rand.New(rand.NewPCG(seed, seed))}
	h.signIn("achen")
	return h
}

// in runs a part of what the hand does; the next begins only where it ended well.
func (h *hurried) in(t *testing.T, name string, part func(*testing.T)) {
	if t.Failed() {
		return
	}
	t.Run(name, func(t *testing.T) { h.screenStation.t = t; part(t) })
	h.screenStation.t = t
}

// board leaves whatever is open.
func (h *hurried) board() {
	if h.read()["dialog"].Visible {
		h.press("Escape")
		h.until("no dialog", func(m map[string]spots.Spot) bool { return !m["dialog"].Visible })
	}
	h.press("Escape")
	h.until("the board", func(m map[string]spots.Spot) bool { return m["board.sort.bed"].Visible })
}

// doubleClicks gives one medicine, and no second one that came under the pointer. Seen red
// with Tap acting always.
func (h *hurried) doubleClicks(t *testing.T) {
	h.turnTo(h.p.MRN)
	h.press("4")
	at := h.sees("patient.task.care.0.done")
	h.move(at)
	h.does("click", "--repeat", "2", "--delay", "120", "1")
	h.does("click", "--repeat", "2", "--delay", "120", "1")
	h.until("one task done", func(map[string]spots.Spot) bool { return len(h.closed(t)) > 0 })
	h.settled()
	if got := h.closed(t); len(got) != 1 {
		t.Errorf("two double clicks closed %d tasks: %v", len(got), got)
	}
	h.board()
}

// closed are the tasks that this nurse closed.
func (h *hurried) closed(t *testing.T) (out []task.Task) {
	all, err := h.w.record.Tasks(t.Context(), h.p.ID, 50)
	must(t, err)
	for _, k := range all {
		if !k.IsOpen() && k.ClosedBy == "achen" {
			out = append(out, k)
		}
	}
	return out
}

func (h *hurried) move(at spots.Spot) {
	if h.window == "" {
		h.window = strings.Fields(h.does("search", "--onlyvisible", "--name", "^Wardlight$"))[0]
	}
	h.does("mousemove", "--window", h.window, fmt.Sprint(int(at.X+at.W/2)), fmt.Sprint(int(at.Y+at.H/2)))
}

// settled waits until the window has drawn what it was asked for twice over.
func (h *hurried) settled() map[string]spots.Spot {
	from := h.read()["spots"].X
	return h.until("two rounds", func(m map[string]spots.Spot) bool { return m["spots"].X >= from+2 })
}

// searches types a number and Enter at pauses of 0 to 500 ms: the chart that opens, and the
// bed that has the keyboard, is the one that was searched for. Seen red with Enter on rows
// of an older text.
func (h *hurried) searches(t *testing.T, times int) {
	beds, err := h.w.record.Beds(t.Context(), "4B")
	must(t, err)
	opened, wrong, lost := 0, 0, 0
	for i := range times {
		bed := beds[h.rand.IntN(len(beds))]
		if bed.Patient == "" {
			continue
		}
		p := h.w.inBed(bed.Name)
		h.press("slash")
		h.until("the search", func(m map[string]spots.Spot) bool { return m["board.search"].Focused })
		h.types(p.MRN)
		time.Sleep(time.Duration(i*500/times) * time.Millisecond) // the pause that is tried
		h.press("Return")
		m := h.settled()
		if got := m["board.search"]; got.Text != "" && got.Text != p.MRN { // the X server lost a key
			h.t.Logf("typed %s, and %q stands there", p.MRN, got.Text)
			lost++
			h.press("Escape")
			continue
		}
		if m["banner"].Visible || !m["board.search"].Focused && !m["board.search"].Visible {
			m = h.until("the chart", func(m map[string]spots.Spot) bool { return m["banner"].Visible })
			opened++
			if !strings.Contains(m["banner"].Text, strings.ToUpper(p.Surname)) {
				wrong++
			}
			h.press("Escape")
			h.until("the board", func(m map[string]spots.Spot) bool { return m["board.search"].Visible })
		}
		for name, s := range m {
			if strings.HasPrefix(name, "board.tile.") && s.Focused && s.Visible &&
				!strings.Contains(s.Text, strings.ToUpper(p.Surname)) && !m["banner"].Visible {
				wrong++
			}
		}
	}
	if wrong > 0 || opened == 0 {
		t.Errorf("of %d searches %d met another patient, %d opened a chart", times, wrong, opened)
	}
	if most := 2 + times/50; lost > most { // the X server loses few: the station drops what is typed
		t.Errorf("in %d of %d searches another text stood there than was typed, more than %d", lost, times, most)
	}
	t.Logf("%d searches: %d opened the chart at once, none another's", times, opened)
}

// partial charts a temperature alone: the score stands where it was. Seen red with the
// newest moment alone as the score.
func (h *hurried) partial(t *testing.T) {
	h.turnTo(h.p.MRN)
	was := h.until("a score",
		func(m map[string]spots.Spot) bool { return m["banner.news2"].Text != "" })["banner.news2"].Text
	h.press("o")
	h.until("the form", func(m map[string]spots.Spot) bool { return m["obs.rr"].Focused })
	h.click("obs.temp")
	h.types("37.2")
	h.until("the temperature", func(m map[string]spots.Spot) bool { return m["obs.temp"].Text == "37.2" })
	h.press("ctrl+Return")
	h.until("the set", func(map[string]spots.Spot) bool {
		sets, err := h.w.record.Observations(t.Context(), h.p.ID, time.Now().Add(-time.Hour), 1)
		return err == nil && len(sets) == 1 && sets[0].RR == nil
	})
	if now := h.settled()["banner.news2"].Text; now != was {
		t.Errorf("a temperature alone turned NEWS2 %s into %s", was, now)
	}
	h.board()
}

// monkey presses whatever it finds on the cards, the board and the chart, once or twice,
// while alerts come by the ward's channel. The pointer rests on each thing until the window
// has told what that is; then the press is for that thing, or does nothing. Seen red with
// Tap acting always.
func (h *hurried) monkey(t *testing.T, presses int) {
	pressed := map[string]bool{} // the texts of the alerts whose Accept was pressed
	before := h.accepted(t)
	for i := range presses {
		if i%6 == 0 {
			h.w.cli("PUBLISH", live.Intake(h.w.redis.Keys(), "4B"),
				fmt.Sprintf(`{"bed":"%02d","priority":"%s","text":"A#%d low"}`, 1+h.rand.IntN(20),
					[]string{"high", "medium"}[h.rand.IntN(2)], i))
		}
		m := h.settled()
		name := h.pick(m)
		h.move(m[name])
		m = h.settled()
		if n, is := strings.CutPrefix(name, "alert.accept."); is {
			pressed[text(m["alert.card."+n])] = true
		}
		for range 1 + h.rand.IntN(2) {
			h.does("click", "1")
			time.Sleep(time.Duration(h.rand.IntN(500)) * time.Millisecond) // of the hand
		}
		if h.rand.IntN(5) == 0 {
			key := []string{"Tab", "Return", "Escape", "Down", "m", "F3"}[h.rand.IntN(6)]
			if key == "Return" { // on a card's Accept it is a press of its own
				for _, of := range focusedAccepts(h.settled()) {
					pressed[of] = true
				}
			}
			h.press(key)
		}
		if h.read()["dialog"].Visible {
			h.press("Escape")
		}
	}
	h.settled()
	t.Logf("%d presses", presses)
	for alert, times := range h.accepted(t) {
		if before[alert] > 0 {
			continue
		}
		if times > 1 || !pressed[alert] && !strings.HasPrefix(alert, "?") {
			t.Errorf("%q was accepted %d times, and pressed: %v", alert, times, pressed[alert])
		}
	}
}

// focusedAccepts are the alerts whose Accept has the keyboard: one, or none.
func focusedAccepts(m map[string]spots.Spot) (out []string) {
	for name, s := range m {
		if n, is := strings.CutPrefix(name, "alert.accept."); is && s.Focused {
			out = append(out, text(m["alert.card."+n]))
		}
	}
	return out
}

// text is the alert that a card is about, as the monkey named it.
func text(card spots.Spot) string {
	if i := strings.Index(card.Text, "A#"); i >= 0 {
		return strings.TrimSuffix(strings.Join(strings.Fields(card.Text[i:])[:2], " "), ".")
	}
	return card.Text
}

// accepted counts how often each alert was accepted.
func (h *hurried) accepted(t *testing.T) map[string]int {
	out := map[string]int{}
	moves, err := h.w.record.MovesAfter(t.Context(), "4B", 0, 100000)
	must(t, err)
	for _, m := range moves {
		if m.Kind == "accepted" && m.By == "achen" {
			out[m.Alert.Text]++
		}
	}
	return out
}

// pick is something on the screen that the monkey likes to press.
func (h *hurried) pick(m map[string]spots.Spot) string {
	var names []string
	for name, s := range m {
		for _, like := range []string{"board.tile.", "board.filter.", "alert.accept.", "alert.open.", "alert.tab.",
			"patient.tab.", "patient.back", "board.mine"} {
			if strings.HasPrefix(name, like) && s.Visible && s.Enabled && s.W > 2 {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		h.press("Escape")
		return "alert.tab.open"
	}
	return names[h.rand.IntN(len(names))]
}
