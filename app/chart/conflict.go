package chart

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
)

// Conflict is what somebody must see who typed from one version of a section and
// met a later one: what was there, what is there, and what has come since. What
// they typed themselves they have.
type Conflict struct {
	Section Section
	Base    int64        // the version that the text started from
	Now     SectionState // the section as it stands; Now.Version is what to save from next
	// Amends is the signed entry that the text is to replace; "" for a new entry.
	Amends string
	// Was is the entry to be replaced as it was at Base; for a new entry, the
	// newest there was then. Both are unset if there was none.
	Was Entry
	// Is is the entry to be replaced as it stands now; for a new entry, the newest
	// of Since. Both are unset if nothing of the kind is there.
	Is Entry
	// Since are the entries saved or changed after Base, oldest first. It is empty
	// if the section changed otherwise, as by a merge of two records.
	Since []Entry
}

func (e Entry) id() string {
	switch {
	case e.Note != nil:
		return e.Note.ID
	case e.Observation != nil:
		return e.Observation.ID
	}
	return ""
}

// Conflict reads what a text that started from base, and is to replace the entry
// amends ("" if none), stands against.
func (d *Desk) Conflict(ctx context.Context, s staff.Session, ward, patientID string, section Section, base int64,
	amends string) (Conflict, error) {
	c := Conflict{Section: section, Base: base, Amends: amends}
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return c, err
	}
	sections, err := d.Record.Sections(ctx, patientID)
	if err != nil {
		return c, err
	}
	c.Now = sections[section]
	if c.Since, err = d.Record.Since(ctx, patientID, section, base); err != nil {
		return c, err
	}
	newest, err := d.newest(ctx, patientID, section)
	if err != nil {
		return c, err
	}
	if amends != "" {
		return c, d.amended(ctx, &c, newest)
	}
	came := map[string]bool{}
	for _, e := range c.Since {
		came[e.id()] = true
		c.Is = e
	}
	for _, e := range newest {
		if !came[e.id()] {
			c.Was = e
			break
		}
	}
	return c, nil
}

// amended finds how the entry to be replaced was and is. Each change of it is in
// Since once, so as many of its latest amendments came after Base.
func (d *Desk) amended(ctx context.Context, c *Conflict, newest []Entry) error {
	changes := 0
	for _, e := range append(newest, c.Since...) {
		if e.id() == c.Amends {
			c.Is = e
		}
	}
	for _, e := range c.Since {
		if e.id() == c.Amends {
			changes++
		}
	}
	c.Was = c.Is
	if changes == 0 {
		return nil
	}
	all, err := d.Record.Amendments(ctx, c.Amends)
	if err == nil && changes <= len(all) {
		c.Was = all[len(all)-changes].Was
	}
	return err
}

// conflictEntries is how far back an entry is looked for.
const conflictEntries = 50

// newest lists a section's entries, newest first.
func (d *Desk) newest(ctx context.Context, patientID string, section Section) (out []Entry, err error) {
	if section == Notes {
		notes, err := d.Record.Notes(ctx, patientID, conflictEntries)
		for i := range notes {
			out = append(out, Entry{Note: &notes[i]})
		}
		return out, err
	}
	sets, err := d.Record.Observations(ctx, patientID, d.now().Add(-7*24*time.Hour), conflictEntries)
	for i := range sets {
		out = append(out, Entry{Observation: &sets[i]})
	}
	return out, err
}

// Rebase lets the next save start from a later version, which the person has
// seen. Call it only with what a [Conflict] showed them.
func (e *Editing) Rebase(version int64) {
	e.mu.Lock()
	e.from = version
	e.mu.Unlock()
}

// From is the version that the next save, and the draft, start from: the one that was there when
// the section was opened, or that of [Editing.Rebase].
func (e *Editing) From() int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.from
}

// Know lets the next save be a late entry for a patient who left, moved or died while
// it was typed. Call it only with what the person was shown.
func (e *Editing) Know(gone patient.Gone) {
	e.mu.Lock()
	e.knowing = gone
	e.mu.Unlock()
}

func (e *Editing) knows() patient.Gone {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.knowing
}
