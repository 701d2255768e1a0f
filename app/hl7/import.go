package hl7

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/vitals"
)

// batchSize is how many messages one transaction takes. More would keep other
// writers waiting longer than a nurse should notice.
const batchSize = 200

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
		if w.Kind == string(place.Nowhere) {
			im.report.Unplaced++
		}
		im.detail(control, false, w)
	}
}
