package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
	"github.com/redis/rueidis"

	"github.com/wardlight/wardlight/redisx"
)

// env is the server under measurement and how each library reaches it.
type env struct{ addr string }

func (e *env) raw() (*raw, error) { return dialRaw(e.addr) }

func (e *env) redisx() (*redisx.Client, error) {
	return redisx.Open(redisx.Config{Addrs: []string{e.addr}, Prefix: "b"})
}

// goredis is go-redis as its peers get it: real deadlines, no extra traffic.
func (e *env) goredis() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: e.addr, ContextTimeoutEnabled: true, DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}})
}

func (e *env) rueidisOptions() rueidis.ClientOption {
	return rueidis.ClientOption{InitAddress: []string{e.addr}, DisableRetry: true, ForceSingleClient: true}
}

// summary is the value of the cache rows: about 2 KB of JSON, shaped like what
// a board shows of a patient.
type summary struct {
	ID        string    `json:"id"`
	Revision  int64     `json:"revision"`
	Name      string    `json:"name"`
	Born      string    `json:"born"`
	Flags     []string  `json:"flags"`
	Allergies []allergy `json:"allergies"`
	Vitals    []vital   `json:"vitals"`
	Notes     string    `json:"notes"`
}

type allergy struct{ Substance, Reaction, Severity string }

type vital struct {
	Code  string    `json:"code"`
	Value float64   `json:"value"`
	Unit  string    `json:"unit"`
	At    time.Time `json:"at"`
}

func newSummary(id string) summary {
	s := summary{ID: id, Revision: 7, Name: "EXAMPLE, Person", Born: "1951-04-12",
		Flags: []string{"falls", "isolation", "diabetic"}}
	for i := range 4 {
		s.Allergies = append(s.Allergies, allergy{fmt.Sprint("substance ", i), "rash", "moderate"})
	}
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for i := range 12 {
		s.Vitals = append(s.Vitals,
			vital{fmt.Sprint("code-", i), 36.5 + float64(i), "unit", at.Add(time.Duration(i) * time.Minute)})
	}
	size := len(encode(s))
	s.Notes = strings.Repeat("n", max(0, 1965-size))
	return s
}

func encode(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // the value is ours
	}
	return raw
}

var errWrong = errors.New("wrong answer")

const board = 40

func ids() []string {
	list := make([]string, board)
	for i := range list {
		list[i] = fmt.Sprintf("p%02d", i)
	}
	return list
}

// cacheOf is a redisx cache whose record is made of newSummary.
func cacheOf(c *redisx.Client, change func(*redisx.CacheOptions[summary])) *redisx.Cache[summary] {
	o := redisx.CacheOptions[summary]{Name: "summary", Schema: 1, TTL: time.Hour,
		ID: func(s summary) string { return s.ID }, Revision: func(s summary) int64 { return s.Revision },
		Load: func(_ context.Context, ids []string) (map[string]summary, error) {
			out := make(map[string]summary, len(ids))
			for _, id := range ids {
				out[id] = newSummary(id)
			}
			return out, nil
		}}
	if change != nil {
		change(&o)
	}
	return redisx.NewCache(c, o)
}
