package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/live"
)

// versions compares what the stations of all wards run with this program and with
// what the record needs.
func (v *visit) versions(ctx context.Context) {
	if v.site.Record == nil {
		return // said by record
	}
	wards, err := v.site.Record.Wards(ctx)
	if err != nil {
		return // said by wards
	}
	var all []live.Running
	for _, w := range wards {
		heard, err := live.WhatRuns(ctx, v.site.Redis, w.ID)
		if err != nil {
			v.warn("versions", "what the stations of ward "+w.ID+" run cannot be read: "+err.Error(),
				"look at redis-rights, and at the server's log")
			return
		}
		all = append(all, heard...)
	}
	f := compare(all, v.o.Version, v.site.Record.Schema())
	f.Stations = all
	v.found = append(v.found, f)
}

// compare judges what stations run beside this program's version and the record's
// form.
func compare(all []live.Running, own string, schema int64) Finding {
	f := Finding{ID: "versions", State: OK}
	var useless, other []string
	same := 0
	for _, r := range all {
		name := r.Version
		if name == "" {
			name = "an older release"
		}
		switch {
		case r.Schema != 0 && r.Schema < schema:
			useless = append(useless, fmt.Sprintf("%s (%s)", r.Station, name))
		case own != "" && r.Version != own:
			other = append(other, fmt.Sprintf("%s (%s)", r.Station, name))
		default:
			same++
		}
	}
	switch {
	case len(useless) > 0:
		f.State, f.Next = Failing, "update these now: they show the ward and can save nothing"
		f.Text = fmt.Sprintf("too old for the record, which has form %d: %s", schema, few(useless))
		if len(other) > 0 {
			f.Text += fmt.Sprintf("; another version than this one's, %s: %s", own, few(other))
		}
	case len(other) > 0:
		f.State, f.Next = Warning, "bring the upgrade to its end, ward by ward"
		f.Text = fmt.Sprintf("another version than this one's, %s: %s; the same: %d", own, few(other), same)
	case same == 0:
		f.Text = "no station was heard in the last hour"
	default:
		f.Text = fmt.Sprintf("%d of %d heard in the last hour run the same, %s", same, len(all), own)
	}
	return f
}

// few names the first of many.
func few(names []string) string {
	const most = 8
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
