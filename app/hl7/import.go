package hl7

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// batchSize is how many messages one transaction takes. More would keep other
// writers waiting longer than a nurse should notice.
const batchSize = 200

// ImportOptions adjust an import.
type ImportOptions struct {
	// RebaseTo, if set, moves all times (not dates of birth) by one amount,
	// so that the newest becomes this one. For showing recorded data as if it
	// came today; the reader must then be an [io.ReadSeeker].
	RebaseTo time.Time
	// Location is where times without an offset were taken (default UTC).
	Location *time.Location
	// Authority names who gives the numbers by which patients are known. It is
	// needed where PID-3 holds several MRNs; "" takes the first.
	Authority string
	// Now is when the messages are received (default time.Now).
	Now func() time.Time
}

// Report says what a file holds, and is the same however often it is imported:
// a message that was taken before is counted by what was kept of it then.
type Report struct {
	// Messages counts all messages, whether taken, refused or without a rule.
	Messages int `json:"messages"`
	// Patients counts the different patients that PID segments name, by their
	// MRN as sent, before any merge.
	Patients int `json:"patients"`
	// Observations counts the OBX segments of ORU messages whose value is kept
	// as a result; a vital sign is one of them too.
	Observations int `json:"observations"`
	// Warnings counts what was not taken as it stands, Refusals the messages
	// (and pieces that are no messages) of which nothing was taken.
	Warnings int `json:"warnings"`
	Refusals int `json:"refusals"`
	// Details says each warning and refusal. They carry no names and no values.
	Details []Detail `json:"-"`
}

// Detail is one warning or refusal.
type Detail struct {
	Message int    // place in the file, from 1
	Control string // MSH-10
	Refused bool
	Warning
}

// String is "message 12 (MSH-10 4711): text".
func (d Detail) String() string {
	kind := "warning"
	if d.Refused {
		kind = "refused"
	}
	return fmt.Sprintf("message %d (MSH-10 %q): %s: %s", d.Message, d.Control, kind, d.Text)
}

// outcome is what the record keeps of a message that was taken.
type outcome struct {
	Observations int       `json:"observations"`
	Warnings     []Warning `json:"warnings,omitempty"`
}

// Warning says what was not taken as it stands. It carries no name and no value.
type Warning struct {
	Kind    string `json:"kind"`              // what all warnings of its kind have in common
	Segment string `json:"segment,omitempty"` // "OBX 2"; "" is the whole message
	Patient string `json:"patient,omitempty"` // the number by which the message names the patient
	Text    string `json:"text"`
}

// Import reads messages from r and brings them to sink. The same message again
// (same sender, MSH-10 and content) changes nothing, so that an import that was
// cut off is finished by running it again. An error means it could not be
// finished; what the Report counts until then may or may not be kept.
func Import(ctx context.Context, r io.Reader, sink Sink, o ImportOptions) (Report, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	im := importer{options: o, patients: map[string]bool{}, keys: map[string]bool{}, received: o.Now().UTC()}
	if !o.RebaseTo.IsZero() {
		file, ok := r.(io.ReadSeeker)
		if !ok {
			return im.report, errors.New("hl7: moving times needs a file that can be read twice")
		}
		newest, err := newestTime(file, o.Location)
		if err != nil {
			return im.report, err
		}
		if !newest.IsZero() {
			im.shift = o.RebaseTo.Sub(newest)
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return im.report, fmt.Errorf("hl7: %w", err)
		}
	}
	reader := NewReader(r)
	for more := true; more; {
		err := sink.ImportBatch(ctx, func(ctx context.Context, w Writer) error {
			for range batchSize {
				piece, err := reader.Next()
				if errors.Is(err, io.EOF) {
					more = false
					return nil
				}
				if err := im.one(ctx, w, piece, err); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return im.report, fmt.Errorf("hl7: after %d messages: %w", im.report.Messages, err)
		}
	}
	im.report.Patients = len(im.patients)
	return im.report, nil
}

type importer struct {
	options  ImportOptions
	shift    time.Duration
	received time.Time
	patients map[string]bool
	keys     map[string]bool // messages of this run
	report   Report
}

func (im *importer) refuse(control string, err error) {
	im.report.Refusals++
	im.report.Details = append(im.report.Details, Detail{Message: im.report.Messages, Control: control, Refused: true,
		Warning: Warning{Text: err.Error()}})
}

func (im *importer) warn(control string, warnings ...Warning) {
	for _, w := range warnings {
		im.report.Warnings++
		im.report.Details = append(im.report.Details, Detail{Message: im.report.Messages, Control: control, Warning: w})
	}
}

// one takes, skips or refuses one message. It returns only what ends the import.
func (im *importer) one(ctx context.Context, w Writer, piece Piece, readErr error) error {
	if readErr == nil && piece.Raw == nil { // of the stream, not of a message
		im.warn("", piece.Warnings...)
		return nil
	}
	im.report.Messages++
	if errors.Is(readErr, ErrSyntax) || errors.Is(readErr, ErrTooLong) {
		im.report.Messages-- // it is no message
		control := ""
		if misfit := (*Misfit)(nil); errors.As(readErr, &misfit) {
			control = misfit.Control
		}
		im.refuse(control, readErr)
		return nil
	}
	if readErr != nil {
		return readErr
	}
	m, err := piece.Message()
	if err != nil {
		im.refuse(controlOf(piece.Raw), err)
		return nil
	}
	msh := m.First("MSH")
	control := msh.Text(10, 1)
	key := Key(m, piece.Raw)
	if im.keys[key] {
		im.warn(control, Warning{Kind: "again", Text: "the same message again"})
		return nil
	}
	im.keys[key] = true

	kept, _, err := w.Once(ctx, key, func() (string, error) {
		p := &mapping{Writer: w, m: m, im: im}
		if err := p.take(ctx); err != nil {
			return "", err
		}
		b, err := json.Marshal(p.outcome)
		return string(b), err
	})
	if errors.Is(err, ErrRefused) {
		im.refuse(control, err)
		return nil
	}
	if err != nil {
		return err
	}
	var out outcome
	if err := json.Unmarshal([]byte(kept), &out); err != nil {
		return fmt.Errorf("hl7: what was kept of a message: %w", err)
	}
	im.report.Observations += out.Observations
	if pid := m.First("PID"); m.Has("PID") {
		if id, ok := im.identify(pid, 3); ok {
			im.patients[id.Authority+"|"+id.Value] = true
			for n := range m.Warnings {
				m.Warnings[n].Patient = id.Value
			}
		}
	}
	im.warn(control, m.Warnings...) // of the bytes: they are read again each time
	im.warn(control, out.Warnings...)
	return nil
}

// Key tells messages apart: sending application and facility, control ID and
// content. The control ID alone is not enough: senders start over.
func Key(m *Message, raw []byte) string {
	msh := m.First("MSH")
	content := sha256.Sum256(raw)
	sum := sha256.Sum256([]byte(msh.Raw(3) + "|" + msh.Raw(4) + "|" + msh.Raw(10) + "|" + hex.EncodeToString(content[:])))
	return hex.EncodeToString(sum[:])
}

// newestTime is the newest time that an import of the stream would use.
func newestTime(r io.Reader, loc *time.Location) (time.Time, error) {
	var newest time.Time
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
		for _, s := range m.Segments {
			for _, field := range timeFields[s.Name] {
				if t, ok := parseTime(s.Raw(field), loc); ok && t.After(newest) {
					newest = t
				}
			}
		}
	}
}

// timeFields are the fields that an import takes times from.
var timeFields = map[string][]int{"MSH": {7}, "EVN": {2}, "OBR": {7}, "OBX": {14}, "PV1": {44}}
