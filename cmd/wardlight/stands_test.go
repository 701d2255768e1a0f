package main

import (
	"testing"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// The site's zone reaches the intake of alerts. Seen red: a station read times without
// an offset in its computer's.
func TestStationStandsInTheSitesZone(t *testing.T) {
	store, err := records.Open(t.Context(), records.Options{Memory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := Station{site: &site.Site{Record: store, Config: site.Config{Here: site.Here{TimeZone: "Asia/Tokyo"}}}}
	if got := s.stands("WS-1").Zone; got == nil || got.String() != "Asia/Tokyo" {
		t.Errorf("%v", got)
	}
}
