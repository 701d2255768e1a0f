package live

import (
	"context"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/ward"
)

// keepRead reads the board when something changed, and now and then, until ctx
// ends. It is apart from draw, so that a record that hangs holds no alert back.
func (w *Ward) keepRead(ctx context.Context) {
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		w.readBoard(ctx)
		nudge(w.redraw)
		sleep(ctx, readGap)
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-w.read:
		}
	}
}

// draw hands over pictures until ctx ends.
func (w *Ward) draw(ctx context.Context) {
	tick := time.NewTicker(drawEvery)
	defer tick.Stop()
	for {
		began := time.Now()
		w.show()
		// In a storm the picture is not built more often than it can be: the time
		// in between grows with what one costs. A link that was lost does not wait.
		gap := time.NewTimer(min(max(4*time.Since(began), pictureGap), pictureGapMost))
		select {
		case <-ctx.Done():
		case <-gap.C:
		case <-w.turned:
			nudge(w.redraw)
		}
		gap.Stop()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.turned:
		case <-w.redraw:
		}
	}
}

// readBoard reads beds, summaries and holders. What cannot be read stays as it
// was, and shows its age.
func (w *Ward) readBoard(ctx context.Context) {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	began := time.Now()
	if wd, err := w.Record.Ward(call, w.ID); err == nil {
		w.ward = wd
	}
	beds, err := w.Record.Beds(call, w.ID)
	took := time.Since(began)
	if err == nil {
		w.beds = beds
	}
	if list, err := w.Record.Assignments(call, w.ID, time.Now().UTC()); err == nil {
		nurses := map[string][]board.Nurse{}
		for _, a := range list {
			nurses[a.Patient] = append(nurses[a.Patient], board.Nurse{ID: a.Staff, Name: a.Name})
		}
		w.mu.Lock()
		w.nurses, w.nursesRead = nurses, time.Now()
		w.mu.Unlock()
	}
	if named, unnamed, err := w.Record.ParkedWaiting(call, w.ID); err == nil {
		w.parked = [2]parked.Waiting{named, unnamed}
	}
	ids := occupied(w.beds)
	away := notHere(w.inbox.Patients(), ids)
	known, readErr := w.Reader.GetMany(call, slices.Concat(ids, away))
	others := w.readElsewhere(call, away, known)
	editing, _ := w.Desk.Holders(call, ids)
	var redis time.Duration
	if w.Client != nil {
		redis, _ = w.Client.Ping(call)
	}
	policy, policyErr := w.Record.AlertPolicy(call, w.ID)
	if ctx.Err() != nil {
		return
	}
	if policyErr == nil {
		w.inbox.SetPolicy(policy)
		if w.Clock != nil {
			w.Clock.Policy(w.ID, policy)
		}
	}
	in := board.Input{Ward: w.ward, Beds: w.beds, Patients: map[string]board.Known{}, Nurses: w.nurses,
		Editing: map[string][]board.SectionHolder{},
		Parked:  w.parked[0], ParkedUnnamed: w.parked[1]}
	for id, k := range known {
		if _, elsewhere := others[id]; elsewhere {
			continue
		}
		in.Patients[id] = board.Known{Summary: k.Summary, Confirmed: k.At, Stale: k.Stale}
	}
	for id, sections := range editing {
		for s, h := range sections {
			in.Editing[id] = append(in.Editing[id], board.SectionHolder{Section: s, Holder: h})
		}
	}
	w.mu.Lock()
	w.board, w.elsewhere, w.have = in, others, w.have || err == nil
	w.links.Redis = redis
	w.links.Record = took
	if err != nil {
		w.links.Record = 0
	}
	w.mu.Unlock()
	if readErr != nil {
		w.Logger.Warn("some patients could not be read", "ward", w.ID, "err", readErr)
	}
}

func occupied(beds []ward.Bed) (ids []string) {
	for _, b := range beds {
		if b.Patient != "" {
			ids = append(ids, b.Patient)
		}
	}
	return ids
}

// show builds the picture from what is known and hands it over.
func (w *Ward) show() {
	w.mu.Lock()
	in, others, have, links := w.board, w.elsewhere, w.have, w.links
	w.mu.Unlock()
	in.Now = time.Now().UTC()
	in.Monitor = w.monitors.shown(in.Now)
	w.meet(time.Now())
	v := w.inbox.View()
	in.Alerts = v.Urgent
	links.Alone = w.Clock != nil && w.Clock.Alone()
	unasked := identify(v.Cards, in, others)
	unasked = identify(v.History, in, others) || unasked
	p := Picture{Links: links, Cards: v.Cards, History: v.History, Groups: v.Groups, Open: v.Open, High: v.High,
		Stations: w.stations.list()}
	for n := range p.Groups {
		top := []alert.Card{p.Groups[n].Top}
		unasked = identify(top, in, others) || unasked
		p.Groups[n].Top = top[0]
	}
	if unasked && have {
		nudge(w.read)
	}
	p.Board = board.Build(in)
	p.Board.Loading = !have
	w.OnPicture(p)
}
