package enroll

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// ErrNoProof means that the recovery key which was given is not the record's.
var ErrNoProof = errors.New("enroll: that is not the recovery key of this record")

// Removal says what [Remove] takes besides a station's own secrets.
type Removal struct {
	// Stations are further names under which `wardlight --station` ran here.
	Stations []string
	// RecordKey takes the key of the record's file, too. Proof is that key as it
	// was kept on paper: nobody takes away the only one.
	RecordKey bool
	Proof     string
}

// Remove takes a station's secrets out of the keyring: those of Enroll, its
// sessions' tokens, and what signs its audit trail; the trail gets a line for each
// of the first. The record's key stays unless [Removal] names it: without it nobody
// reads the record, or its backups, again. It gives the names of what was there, and
// whether the record's key was left. Stations of this site must be closed: a running
// one writes its newest checkpoint back.
//
// With the record away the secrets go all the same, and the error says that no
// trail holds it. It closes what it opens; s is prepared, not open.
func Remove(ctx context.Context, s *site.Site, r Removal) (removed []string, keyLeft bool, err error) {
	if s.Config.Secrets == site.FromSystemd {
		return nil, false,
			fmt.Errorf("%w: this site's secrets come from systemd: remove them from /etc/credstore.encrypted",
				ErrKeyring)
	}
	if err := Ready(ctx, s); err != nil {
		return nil, false, err
	}
	key, err := s.RecordKeyText(ctx)
	if err != nil && !errors.Is(err, site.ErrNoKey) {
		return nil, false, fmt.Errorf("%w: %w", ErrKeyring, err)
	}
	if r.RecordKey && key != "" && strings.Join(strings.Fields(r.Proof), "") != key {
		return nil, false, ErrNoProof
	}
	var away error
	if s.HasRecord() { // none is made to say that it ends
		opening, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		if s.Record, away = records.Open(opening, s.RecordOptions(site.Options{})); away != nil {
			away = fmt.Errorf("%w: the secrets are gone, but the record is away and no audit trail says so: %w",
				ErrLink, away)
		}
	}
	entries := slices.Clone(Names)
	for _, name := range slices.Compact(slices.Sorted(slices.Values(append(r.Stations, s.Config.Station)))) {
		entries = append(entries, staff.TokenName(name))
	}
	removed, err = take(ctx, s.Vault, entries)
	if s.Record != nil {
		err = errors.Join(err, noteRemoved(ctx, s, removed))
	}
	err = errors.Join(err, s.Close()) // it signs the trail a last time
	entries = site.AuditEntries(s.Config.Station)
	if r.RecordKey {
		entries = append(entries, site.RecordKey)
	}
	more, failed := take(ctx, s.Vault, entries)
	removed = append(removed, more...)
	return removed, key != "" && !slices.Contains(removed, site.RecordKey), errors.Join(err, failed, away)
}

// take removes entries and gives the names of those that were there. What fails
// keeps the others from nothing.
func take(ctx context.Context, vault keyring.Store, entries []string) (removed []string, err error) {
	for _, name := range entries {
		switch failed := vault.Delete(ctx, name); {
		case failed == nil:
			removed = append(removed, name)
		case !errors.Is(failed, keyring.ErrNotFound):
			err = errors.Join(err, fmt.Errorf("%w: %s: %w", ErrKeyring, name, failed))
		}
	}
	return removed, err
}

func noteRemoved(ctx context.Context, s *site.Site, names []string) error {
	for _, name := range names {
		if err := s.Record.Audit(ctx, audit.Event{At: time.Now().UTC(), Actor: "wardctl", Station: s.Config.Station,
			Action: audit.ChangeConfig, Object: "secret:" + name, Outcome: audit.Done, Reason: "removed",
			Purpose: audit.SystemRun}); err != nil {
			return fmt.Errorf("enroll: audit: %w", err)
		}
	}
	return nil
}
