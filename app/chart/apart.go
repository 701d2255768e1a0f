package chart

import (
	"context"
	"errors"
)

// ErrDraftTaken means that a draft was not written down: another edit of the same person
// went on with what stood there, or has ended it. What is typed here is another draft.
var ErrDraftTaken = errors.New("chart: the draft was taken over by another edit")

// keepApart writes down as a draft of its own what was typed here while another station
// went on with the draft before it. work is held.
func (e *Editing) keepApart(ctx context.Context, d Draft) error {
	e.mu.Lock()
	if e.sent == nil {
		e.renew() // the key went with the other text
	} else {
		e.tried = true // what was sent keeps it, and the other text may be saved by it as well
	}
	d.Key, d.Tried, d.Again = e.key, e.tried, false
	e.mu.Unlock()
	if err := e.desk.Record.SaveDraft(ctx, d); err != nil {
		return err
	}
	all, err := e.desk.Record.Drafts(ctx, d.Staff)
	if err != nil {
		return nil // both are kept; the list of drafts tells of the other
	}
	for _, o := range all {
		if o.Patient == d.Patient && o.Section == d.Section && o.Writer != d.Writer {
			e.mu.Lock()
			e.apart = &o
			e.mu.Unlock()
			break
		}
	}
	return nil
}

// Apart says once that another station went on with the text that was kept from here, and
// what stands there: both are kept.
func (e *Editing) Apart() (other Draft, is bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.apart == nil {
		return Draft{}, false
	}
	other, e.apart = *e.apart, nil
	return other, true
}
