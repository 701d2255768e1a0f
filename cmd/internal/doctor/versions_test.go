package doctor_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/cmd/internal/doctor"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

// What each station runs is told by itself and found by the doctor, with the rights of
// a station: the same is well, another version a warning, one that knows less than the
// record a failure; a station that was closed is not counted. Seen red with the program
// left out of the answer to a beat (all then run "an older release"), with the record's
// form not compared, and with goodbyes counted.
func TestVersionsOfAllStations(t *testing.T) {
	redisx.LogTo(slog.New(slog.DiscardHandler))
	p := healthy(t)
	p.options.Version = "1.1.0"
	s := p.server()
	record, err := records.Open(t.Context(),
		records.Options{Path: filepath.Join(p.dir, site.RecordName), Logger: slog.New(slog.DiscardHandler)})
	must(t, err)
	defer record.Close()
	client, err := redisx.Open(redisx.Config{Addrs: []string{s.Addr()}, Username: "workstation",
		Password: func() string { return "word" }})
	must(t, err)
	defer client.Close()
	heard := func(ok func(names []string) bool) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); ; {
			all, err := live.WhatRuns(t.Context(), client, "4B")
			must(t, err)
			var names []string
			for _, r := range all {
				names = append(names, r.Station)
			}
			if ok(names) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("heard: %v", names)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	open := func(name string, runs live.Program) (stop func()) {
		st := station.New(station.Options{Name: name, Record: record, Client: client, Program: runs})
		ctx, cancel := context.WithCancel(t.Context())
		w := st.Ward("4B")
		w.OnPicture = func(live.Picture) {}
		var group sync.WaitGroup
		group.Go(func() { st.Run(ctx) })
		group.Go(func() { w.Run(ctx) })
		heard(func(names []string) bool { return slices.Contains(names, name) })
		return func() {
			cancel()
			group.Wait()
			heard(func(names []string) bool { return !slices.Contains(names, name) })
		}
	}
	finds := func(state doctor.State, stations int, texts ...string) {
		t.Helper()
		found := p.examine()
		n := slices.IndexFunc(found, func(f doctor.Finding) bool { return f.ID == "versions" })
		if n < 0 {
			t.Fatalf("no finding: %+v", found)
		}
		f := found[n]
		if f.State != state || len(f.Stations) != stations || (f.Next != "") != (state != doctor.OK) {
			t.Errorf("%+v", f)
		}
		for _, text := range texts {
			if !strings.Contains(f.Text, text) {
				t.Errorf("%q lacks %q", f.Text, text)
			}
		}
		raw, err := json.Marshal(f)
		must(t, err)
		if stations > 0 && !strings.Contains(string(raw), `"version":"1.1.0","schema":`) {
			t.Errorf("%s", raw)
		}
	}

	finds(doctor.OK, 0, "no station was heard")
	now := record.Schema()
	closeOne := open("ws-1", live.Program{Version: "1.1.0", Schema: now})
	finds(doctor.OK, 1, "1 of 1 heard in the last hour run the same, 1.1.0")
	closeTwo := open("ws-2", live.Program{Version: "1.0.0", Schema: now})
	closeThree := open("ws-3", live.Program{})
	finds(doctor.Warning, 3,
		"another version than this one's, 1.1.0: ws-2 (1.0.0), ws-3 (an older release); the same: 1")
	closeThree()
	closeFour := open("ws-4", live.Program{Version: "0.9.0", Schema: now - 1})
	finds(doctor.Failing, 3, "too old for the record, which has form",
		"ws-4 (0.9.0); another version than this one's, 1.1.0: ws-2 (1.0.0)")
	closeFour()
	closeTwo()
	finds(doctor.OK, 1)
	closeOne()
}
