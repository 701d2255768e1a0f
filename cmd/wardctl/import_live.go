package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// monitorsShow brings what bedside monitors show (OBX-11 R) from an import to the
// stations. Such a value is never charted: what no station can show is counted.
type monitorsShow struct {
	site   *site.Site
	now    func() time.Time
	newest map[string]vitals.Reading // not told yet, by monitor and sign
	shown  int
	nobody map[string]int // shown to nobody, by reason
}

func newMonitorsShow(s *site.Site) *monitorsShow {
	return &monitorsShow{site: s, now: time.Now, newest: map[string]vitals.Reading{}, nobody: map[string]int{}}
}

// take is [hl7.ImportOptions.Live]. A station shows the newest value alone, and none
// that is older than a monitor may be silent.
func (m *monitorsShow) take(r vitals.Reading) {
	key := r.Monitor + "\x00" + string(r.Sign)
	had, is := m.newest[key]
	switch {
	case m.now().Sub(r.At) > board.MonitorGone:
		m.nobody[fmt.Sprintf("older than %.0f minutes", board.MonitorGone.Minutes())]++
		return
	case is && had.At.After(r.At):
		r, had = had, r
	}
	if is {
		m.nobody["replaced by a newer one"]++
	}
	m.newest[key] = r
}

// tell shows what was taken since it was called last. That it fails fails nothing: the
// monitors' next values are newer.
func (m *monitorsShow) tell(ctx context.Context) {
	if len(m.newest) == 0 {
		return
	}
	readings := slices.Collect(maps.Values(m.newest))
	clear(m.newest)
	if m.site.Redis == nil {
		m.nobody["this site has no Redis"] += len(readings)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var ids []string
	for _, r := range readings {
		ids = append(ids, r.Patient)
	}
	who, err := m.site.Record.Summaries(ctx, ids)
	if err != nil {
		m.nobody["the record could not say where the patients are"] += len(readings)
		return
	}
	wards := map[string][]vitals.Reading{}
	for _, r := range readings {
		if at := who[r.Patient].Ward; at != "" {
			wards[at] = append(wards[at], r)
			continue
		}
		m.nobody["of a patient who is on no ward"]++
	}
	for at, list := range wards {
		if err := live.NewMonitors(m.site.Redis, at).Show(ctx, list...); err != nil {
			m.nobody["Redis did not take them"] += len(list)
			continue
		}
		m.shown += len(list)
	}
}

// say prints what came of them.
func (m *monitorsShow) say(w io.Writer) {
	all := 0
	var why []string
	for _, reason := range slices.Sorted(maps.Keys(m.nobody)) {
		all += m.nobody[reason]
		why = append(why, fmt.Sprintf("%d %s", m.nobody[reason], reason))
	}
	if m.shown+all == 0 {
		return
	}
	text := fmt.Sprintf("values of bedside monitors (OBX-11 R), not charted: %d shown at the stations, %d to nobody",
		m.shown, all)
	if all > 0 {
		text += " (" + strings.Join(why, ", ") + ")"
	}
	fmt.Fprintln(w, text)
}
