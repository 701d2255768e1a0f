package audit

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Sink is where lines belong: the record.
type Sink interface {
	Audit(ctx context.Context, e Event) error
	// AuditLate adds lines that have an ID, each once.
	AuditLate(ctx context.Context, list []Event) error
}

// SpoolLimit is how many lines wait for the record at most. A ward that reads
// ten charts a minute fills it in 16 hours.
const SpoolLimit = 10_000

const (
	spoolWait  = 2 * time.Second // for the record, before a line is kept aside
	spoolAgain = time.Second     // between tries while it is away
	spoolBatch = 200
	spoolGlob  = "audit-spool-*.jsonl"
)

// Spool writes lines into the record and keeps them while it is away, so that
// reading charts and hearing alerts do not stop for it. It is for what only
// looks, and for sign-in; a change is audited in its own transaction, and
// refused with it.
//
// What waits is in a file of the folder as well, so that a crash loses none of
// it: an [Event] holds IDs only. Until a line is in the record nothing proves
// that it was not changed there; the file's rights are its owner's.
type Spool struct {
	sink   Sink
	dir    string
	logger *slog.Logger
	kick   chan struct{}

	mu    sync.Mutex
	down  bool // the newest try failed: the next reader does not wait
	list  []Event
	lost  int64 // lines over the limit
	path  string
	file  *os.File
	adopt []string // files of programs that ended, whose lines are in list
}

// NewSpool makes a spool with its files in dir, and takes over what a program
// that ended left there. [Spool.Run] brings the lines to the record.
func NewSpool(sink Sink, dir string, logger *slog.Logger) *Spool {
	s := &Spool{sink: sink, dir: dir, logger: logger, kick: make(chan struct{}, 1)}
	left, _ := filepath.Glob(filepath.Join(dir, spoolGlob)) // the pattern is well formed
	for _, path := range left {
		list, err := readSpool(path)
		if err != nil {
			logger.Warn("audit lines that were kept aside cannot be read", "err", err)
			continue
		}
		s.list = append(s.list, list...)
		s.adopt = append(s.adopt, path)
	}
	return s
}

// Audit writes e, or keeps it aside. An error means that it could be neither
// written nor put on the disk: then it waits in memory only, or is lost if
// [SpoolLimit] lines wait already.
func (s *Spool) Audit(ctx context.Context, e Event) error {
	if e.At.IsZero() {
		e.At = time.Now().UTC()
	}
	if e.ID == "" {
		e.ID = uuid.NewString()
	}
	s.mu.Lock()
	down := s.down
	s.mu.Unlock()
	var why error
	if !down {
		// Through AuditLate: a write whose answer was lost is not doubled.
		limit, cancel := context.WithTimeout(ctx, spoolWait)
		why = s.sink.AuditLate(limit, []Event{e})
		cancel()
		if why == nil {
			return nil
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = true
	select {
	case s.kick <- struct{}{}:
	default:
	}
	if len(s.list) >= SpoolLimit {
		s.lost++
		return fmt.Errorf("audit: %d lines wait for the record, one is lost: %w", len(s.list),
			errors.Join(why, ErrSpoolFull))
	}
	s.list = append(s.list, e)
	return s.store(e)
}

// ErrSpoolFull means that a line was lost.
var ErrSpoolFull = errors.New("audit: spool is full")

// Waiting is how many lines wait for the record, and how many were lost.
func (s *Spool) Waiting() (lines int, lost int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.list), s.lost
}

// Run brings what waits to the record until ctx ends.
func (s *Spool) Run(ctx context.Context) {
	again := time.NewTicker(spoolAgain)
	defer again.Stop()
	for {
		if err := s.Drain(ctx); err != nil && ctx.Err() == nil {
			s.logger.Debug("audit lines wait for the record", "err", err)
		}
		for waiting := false; !waiting; {
			select {
			case <-ctx.Done():
				return
			case <-again.C:
				n, lost := s.Waiting()
				waiting = n > 0 || lost > 0
			case <-s.kick:
				waiting = true
			}
		}
		select { // a record that just went away is not asked at once
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// Drain brings what waits to the record now.
func (s *Spool) Drain(ctx context.Context) error {
	for {
		s.mu.Lock()
		batch := append([]Event(nil), s.list[:min(spoolBatch, len(s.list))]...)
		lost := s.lost
		if len(batch) == 0 && lost == 0 {
			defer s.mu.Unlock()
			s.down = false
			return s.empty()
		}
		s.mu.Unlock()
		took := len(batch)
		if lost > 0 {
			batch = append(batch,
				Event{ID: uuid.NewString(), At: time.Now().UTC(), Action: SpoolFailed, Version: lost, Outcome: Done})
		}
		if err := s.sink.AuditLate(ctx, batch); err != nil {
			return err
		}
		s.mu.Lock()
		s.list = append([]Event(nil), s.list[took:]...)
		s.lost -= lost
		s.mu.Unlock()
	}
}

// store puts a line on the disk.
func (s *Spool) store(e Event) (err error) {
	if s.file == nil {
		s.path = filepath.Join(s.dir, "audit-spool-"+uuid.NewString()+".jsonl")
		if s.file, err = os.OpenFile(s.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
			s.file = nil
			return fmt.Errorf("audit: line waits in memory only: %w", err)
		}
	}
	text, err := json.Marshal(e)
	if err == nil {
		_, err = s.file.Write(append(text, '\n'))
	}
	if err == nil {
		err = s.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("audit: line waits in memory only: %w", err)
	}
	return nil
}

// empty removes the files: all their lines are in the record.
func (s *Spool) empty() error {
	var err error
	if s.file != nil {
		err = errors.Join(s.file.Close(), os.Remove(s.path))
		s.file = nil
	}
	for _, path := range s.adopt {
		if gone := os.Remove(path); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	s.adopt = nil
	return err
}

// readSpool reads a file up to a line that was cut by a crash.
func readSpool(path string) (list []Event, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() && len(list) < SpoolLimit {
		var e Event
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.ID != "" {
			list = append(list, e)
		}
	}
	return list, lines.Err()
}
