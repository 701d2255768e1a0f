package live

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// Program is what a station runs, as it says with each answer to a beat.
type Program struct {
	Version string `json:"version,omitempty"` // "" of a release that did not say
	// Schema is the newest form of the record that it knows, 0 of such a release.
	Schema int64 `json:"schema,omitempty"`
}

// Running is a station and what it runs.
type Running struct {
	Station string `json:"station"`
	Ward    string `json:"ward"`
	Program
	Heard time.Time `json:"heard"` // its newest answer, by the server's clock
}

// runningFor is how long after its last answer a station is still listed: one that
// was switched off is not upgraded by that.
const runningFor = time.Hour

// WhatRuns lists the stations that showed a ward in the last hour and were not
// closed, by name. A ward of many stations keeps fewer of those that went silent.
func WhatRuns(ctx context.Context, c *redisx.Client, wardID string) ([]Running, error) {
	recent, err := answers(c, wardID).Recent(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	var out []Running
	for _, e := range recent { // the newest first: what a station said before does not count
		var a Answer
		if json.Unmarshal(e.Payload, &a) != nil || a.Station == "" || known[a.Station] {
			continue
		}
		known[a.Station] = true
		if !a.Bye && time.Since(e.Time()) < runningFor {
			out = append(out, Running{Station: a.Station, Ward: wardID, Program: a.Program, Heard: e.Time()})
		}
	}
	slices.SortFunc(out, func(a, b Running) int { return strings.Compare(a.Station, b.Station) })
	return out, nil
}
