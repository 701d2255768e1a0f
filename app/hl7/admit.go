package hl7

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// one takes, skips or refuses one message. It returns only what ends the import.
func (im *Importer) one(ctx context.Context, w Writer, piece Piece, readErr error) error {
	if readErr == nil && piece.Raw == nil { // of the stream, not of a message
		had := len(im.report.Details)
		im.warn("", piece.Warnings...)
		for n := had; n < len(im.report.Details); n++ {
			im.report.Details[n].Piece = true
		}
		return nil
	}
	if errors.Is(readErr, ErrSyntax) || errors.Is(readErr, ErrTooLong) { // it is no message
		if im.place+1 < im.options.From {
			return nil // said when it was read first
		}
		control := ""
		if misfit := (*Misfit)(nil); errors.As(readErr, &misfit) {
			control = misfit.Control
		}
		im.refuse(control, "", readErr)
		im.report.Details[len(im.report.Details)-1].Piece = true
		return nil
	}
	if readErr != nil {
		return readErr
	}
	im.place++
	if im.place < im.options.From {
		return nil
	}
	im.report.Messages++
	m, err := piece.Message()
	if err != nil {
		im.refuse(controlOf(piece.Raw), "", err)
		return nil
	}
	control := m.First("MSH").Text(10, 1)
	key := Key(m, piece.Raw)
	if im.keys[key] {
		im.warn(control, Warning{Kind: "again", Text: "the same message again"})
		return nil
	}
	im.keys[key] = true
	p := &mapping{Writer: w, m: m, im: im, key: key}
	if !p.live() {
		im.report.Training++
		im.warn(control, p.outcome.Warnings...)
		return nil // and not remembered: a record for training may take it later
	}
	if p.rule() == nil { // and not remembered: a version that has one takes it later
		switch err := p.take(ctx); {
		case errors.Is(err, ErrRefused):
			im.warn(control, append(m.Warnings, p.outcome.Warnings...)...)
			im.refuse(control, p.number, err)
		case err != nil:
			return err
		default:
			im.count(control, m, p.outcome)
		}
		return nil
	}
	kept, ran, err := w.Once(ctx, p.origin(), func() (string, error) {
		if err := p.takeEach(ctx, piece.whole(), key); err != nil {
			return "", err
		}
		b, err := json.Marshal(p.outcome)
		return string(b), err
	})
	if errors.Is(err, ErrRefused) {
		im.warn(control, append(m.Warnings, p.outcome.Warnings...)...)
		im.refuse(control, p.number, err)
		return nil
	}
	if err != nil {
		return err
	}
	im.shown = append(im.shown, p.shown...)
	var out outcome
	if err := json.Unmarshal([]byte(kept), &out); err != nil {
		return fmt.Errorf("hl7: what was kept of a message: %w", err)
	}
	if !ran {
		im.report.Known++
		im.report.Had += out.Observations
		if out.Parked, err = im.standing(ctx, w, key, out.Parked); err != nil {
			return err
		}
	}
	im.count(control, m, out)
	return nil
}

// whose counts the patients of a message, and says of each warning of its bytes of which
// patient's part it is.
func (im *Importer) whose(m *Message) {
	number, of, all := "", map[string]string{}, map[string]bool{}
	for _, s := range m.Segments {
		if s.Name == "PID" {
			number = ""
			if id, ok := im.identify(s, 3); ok {
				number = id.Value
				im.patients[id.Authority+"|"+id.Value] = true
			}
			all[number] = true
		}
		of[s.Place()] = number
	}
	for n, w := range m.Warnings {
		if m.Warnings[n].Patient = of[w.Segment]; len(all) == 1 {
			m.Warnings[n].Patient = number // of the whole message, too
		}
	}
}

// count adds what was kept of a message to the report.
func (im *Importer) count(control string, m *Message, out outcome) {
	im.report.Observations += out.Observations
	im.report.Results = counted(im.report.Results, out.Results)
	im.report.Unread += out.Unread
	if out.NoRule != "" {
		im.report.NoRule = counted(im.report.NoRule, map[string]int{out.NoRule: 1})
	}
	im.whose(m)
	im.warn(control, m.Warnings...) // of the bytes: they are read again each time
	im.warn(control, out.Warnings...)
	im.parked(control, out.Parked...)
	for _, w := range out.Refused {
		im.report.Refusals++
		im.detail(control, true, w)
	}
}
