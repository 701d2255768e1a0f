package hl7

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// batchSize is how many messages one transaction takes. More would keep other
// writers waiting longer than a nurse should notice.
const batchSize = 200

// ImportOptions adjust an import.
type ImportOptions struct {
	// RebaseTo, if set, moves all times (not dates of birth) by one amount,
	// so that the newest ([Newest]) becomes this one. For showing recorded data as if it
	// came today; the reader must then be an [io.ReadSeeker].
	RebaseTo time.Time
	// Shift moves all times (not dates of birth) by this much: see [Newest].
	Shift time.Duration
	// Location is where times without an offset were taken (default: this
	// computer's zone).
	Location *time.Location
	// Authority names who gives the numbers by which patients are known. It is
	// needed where PID-3 holds several MRNs; "" takes the first.
	Authority string
	// Training takes messages for training and debugging (MSH-11 T and D). Without
	// it they are counted and left out: a live ward must not chart them.
	Training bool
	// Live is told of what bedside monitors show (OBX-11 R), once the message is
	// taken. It must not block; nil is nobody.
	Live func(vitals.Reading)
	// Now is when the messages are received (default time.Now).
	Now func() time.Time
	// From skips the messages of each stream before this one, counted from 1, as
	// [StoppedError] names it.
	From int
	// Taken, if set, is called after each batch with the counts so far.
	Taken func(Report)
}

// Importer brings streams of messages to one sink, one after the other, and counts
// over all of them. It is not safe for concurrent use.
type Importer struct {
	sink     Sink
	options  ImportOptions
	received time.Time
	file     string // the stream in hand
	patients map[string]bool
	keys     map[string]bool // messages of this run
	place    int             // of the message in hand in its stream, from 1
	report   Report
	shown    []vitals.Reading // by monitors, of the batch in hand
}

// NewImporter returns an Importer. Options.RebaseTo is [Import]'s.
func NewImporter(sink Sink, o ImportOptions) *Importer {
	if o.Location == nil {
		o.Location = time.Local
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Importer{
		sink:     sink,
		options:  o,
		received: o.Now().UTC(),
		patients: map[string]bool{},
		keys:     map[string]bool{},
	}
}

// StoppedError says after which message of a stream an import was stopped: all of
// them are kept, and none after them. It unwraps to the context's error.
type StoppedError struct {
	File string
	Next int // the first message that was not taken, from 1
	Err  error
}

// Error implements error.
func (e *StoppedError) Error() string { return fmt.Sprintf("stopped before message %d", e.Next) }

// Unwrap makes errors.Is(err, context.Canceled) hold.
func (e *StoppedError) Unwrap() error { return e.Err }

// Import reads messages from r and brings them to sink. The same message again
// (same sender, MSH-10 and content) changes nothing, so that an import that was
// cut off is finished by running it again. An error means it could not be
// finished; what the Report counts until then may or may not be kept.
func Import(ctx context.Context, r io.Reader, sink Sink, o ImportOptions) (Report, error) {
	im := NewImporter(sink, o)
	if !o.RebaseTo.IsZero() {
		file, ok := r.(io.ReadSeeker)
		if !ok {
			return im.report, errors.New("hl7: moving times needs a file that can be read twice")
		}
		newest, err := Newest(file, im.options.Location)
		if err != nil {
			return im.report, err
		}
		if !newest.IsZero() {
			im.options.Shift = o.RebaseTo.Sub(newest)
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return im.report, fmt.Errorf("hl7: %w", err)
		}
	}
	err := im.Stream(ctx, "", r)
	return im.Report(), err
}

// Report is what was counted so far.
func (im *Importer) Report() Report {
	r := im.report
	r.Patients = len(im.patients)
	return r
}

// Last is how many messages the stream had that was taken last, with those before From.
func (im *Importer) Last() int { return im.place }

// Stream takes one stream; file names it in details. When ctx ends it stops after a
// whole message, keeps those before it and returns a [*StoppedError].
func (im *Importer) Stream(ctx context.Context, file string, r io.Reader) error {
	im.file, im.place = file, 0
	reader := NewReader(r)
	for more := true; more; {
		// The batch in hand is finished: what was taken is kept.
		err := im.sink.ImportBatch(context.WithoutCancel(ctx), func(batch context.Context, w Writer) error {
			for range batchSize {
				if ctx.Err() != nil {
					return nil
				}
				piece, err := reader.Next()
				if errors.Is(err, io.EOF) {
					more = false
					return nil
				}
				if err := im.one(batch, w, piece, err); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("hl7: after %d messages: %w", im.report.Messages, err)
		}
		im.tell()
		if im.options.Taken != nil {
			im.options.Taken(im.Report())
		}
		if more && ctx.Err() != nil {
			return &StoppedError{File: file, Next: im.place + 1, Err: ctx.Err()}
		}
	}
	return nil
}

// tell hands on what monitors showed, of a batch that was taken.
func (im *Importer) tell() {
	for _, r := range im.shown {
		if im.options.Live != nil {
			im.options.Live(r)
		}
	}
	im.shown = nil
}

func (im *Importer) detail(control string, refused bool, w Warning) {
	im.report.Details = append(im.report.Details,
		Detail{File: im.file, Message: im.place, Control: control, Refused: refused, Warning: w})
}

func (im *Importer) refuse(control, number string, err error) {
	im.report.Refusals++
	im.detail(control, true, Warning{Kind: "refused", Patient: number, Text: reasonOf(err)})
}

// reasonOf is why something was refused, without the words that only programs need.
func reasonOf(err error) string {
	text := strings.TrimPrefix(err.Error(), ErrRefused.Error()+": ")
	return strings.TrimPrefix(text, "hl7: ")
}

func (im *Importer) warn(control string, warnings ...Warning) {
	for _, w := range warnings {
		im.report.Warnings++
		im.detail(control, false, w)
	}
}

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
		if err := p.take(ctx); err != nil {
			return err
		}
		im.count(control, m, p.outcome)
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
		if err := im.standing(ctx, w, key, out.Parked); err != nil {
			return err
		}
	}
	im.count(control, m, out)
	return nil
}

// count adds what was kept of a message to the report.
func (im *Importer) count(control string, m *Message, out outcome) {
	im.report.Observations += out.Observations
	im.report.Results = counted(im.report.Results, out.Results)
	im.report.Unread += out.Unread
	if out.NoRule != "" {
		im.report.NoRule = counted(im.report.NoRule, map[string]int{out.NoRule: 1})
	}
	for _, pid := range m.Segments {
		if pid.Name != "PID" {
			continue
		}
		if id, ok := im.identify(pid, 3); ok {
			im.patients[id.Authority+"|"+id.Value] = true
			for n := range m.Warnings {
				m.Warnings[n].Patient = id.Value
			}
		}
	}
	im.warn(control, m.Warnings...) // of the bytes: they are read again each time
	im.warn(control, out.Warnings...)
	im.parked(control, out.Parked...)
	for _, w := range out.Refused {
		im.report.Refusals++
		im.detail(control, true, w)
	}
}

// live reports whether the message is about patients, and not for training, and
// warns if it is not to be taken. MSH-11 that says nothing known is taken for a
// message about patients, and said.
func (p *mapping) live() bool {
	msh := p.m.First("MSH")
	switch mode := msh.Text(11, 1); {
	case mode == "T" || mode == "D":
		if p.im.options.Training {
			return true
		}
		p.warnAt(msh, "MSH-11 says that it is for training or debugging: nothing of it is taken")
		return false
	case mode != "P" && mode != "":
		p.warnAt(msh, "MSH-11 is none of P, T and D: it is taken as one about patients")
	}
	return true
}

// Newest is the newest time of what had happened by the stream's messages; zero if
// there is none. What is announced is not it: neither what always is, nor a time of a
// visit that lies after its message was sent.
func Newest(r io.Reader, loc *time.Location) (time.Time, error) {
	var newest time.Time
	im := NewImporter(nil, ImportOptions{Location: loc})
	for reader := NewReader(r); ; {
		piece, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return newest, nil
		}
		if errors.Is(err, ErrSyntax) || errors.Is(err, ErrTooLong) {
			continue
		}
		if err != nil {
			return newest, err
		}
		m, err := piece.Message()
		if err != nil {
			continue
		}
		p := &mapping{m: m, im: im}
		zone := p.zone()
		sent, from := p.sent()
		for _, s := range m.Segments {
			for _, field := range timeFields[s.Name] {
				t, ok := parseTime(s.Raw(field), zone)
				announced := s.Name == "PV1" && from == "MSH-7" && t.Sub(sent) > vitals.AheadMost
				if ok && !announced && t.After(newest) {
					newest = t
				}
			}
		}
	}
}

// timeFields are the fields from which an import takes times of what has happened.
// EVN-3, PV2-8 and PV2-9 are of what is announced.
var timeFields = map[string][]int{"MSH": {7}, "EVN": {2, 6}, "PID": {29}, "PV1": {44, 45}, "OBR": {7, 22}, "OBX": {14}}
