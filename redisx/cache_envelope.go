package redisx

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// envelope is one entry as Redis holds it. The order of the fields is part of
// the format: the script compares revisions by the first.
type envelope struct {
	Revision int64           `json:"r"`
	Time     int64           `json:"t"` // ms, server, when it was stored
	Schema   int             `json:"s"`
	ID       string          `json:"id"`
	Found    bool            `json:"f"`
	Value    json.RawMessage `json:"v,omitempty"`
}

var (
	errPoisoned    = errors.New("unreadable entry")
	errOtherSchema = errors.New("entry of another schema")
)

// envelope is what follows revision and time; the script puts them in front.
func (c *Cache[T]) envelope(id string, value T, found bool) ([]byte, error) {
	e := envelope{Schema: c.o.Schema, ID: id, Found: found}
	if found {
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("redisx: cache %s: %w", c.o.Name, err)
		}
		e.Value = raw
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("redisx: cache %s: %w", c.o.Name, err)
	}
	return bytes.TrimPrefix(raw, []byte(`{"r":0,"t":0`)), nil
}

// open reads an entry that was found under id. Its age is left to place.
func (c *Cache[T]) open(id, raw string) (*nearCopy[T], error) {
	var e envelope
	// The value is cut out instead of decoded twice. A quote inside the ID is
	// escaped, so the first match is the field.
	head, value, found := strings.Cut(raw, `,"v":`)
	if found {
		head += "}"
	}
	if err := json.Unmarshal([]byte(head), &e); err != nil {
		return nil, errPoisoned
	}
	if e.Schema != c.o.Schema {
		return nil, errOtherSchema
	}
	if e.ID != id {
		return nil, fmt.Errorf("%w: %w", errPoisoned, ErrWrongID)
	}
	out := &nearCopy[T]{raw: raw, found: e.Found, revision: e.Revision, stored: time.UnixMilli(e.Time)}
	if e.Found {
		value, closed := strings.CutSuffix(value, "}")
		if !closed {
			return nil, errPoisoned
		}
		if err := json.Unmarshal([]byte(value), &out.value); err != nil {
			return nil, errPoisoned
		}
		if c.o.ID(out.value) != id {
			return nil, fmt.Errorf("%w: %w", errPoisoned, ErrWrongID)
		}
	}
	return out, nil
}

func (c *Cache[T]) revision(value T) string {
	return strconv.FormatInt(max(0, c.o.Revision(value)), 10)
}

// ttl is in milliseconds, shortened by up to a tenth.
func (c *Cache[T]) ttl(found bool) int64 {
	ttl := c.o.TTL
	if !found {
		ttl = c.o.MissTTL
	}
	return max(1, (ttl - rand.N(ttl/10+1)).Milliseconds())
}
