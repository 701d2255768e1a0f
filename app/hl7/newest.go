package hl7

import (
	"errors"
	"io"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// Newest is the newest time of what had happened by the stream's messages; zero if
// there is none. What is announced is not it: neither what always is, nor a time of a
// visit that lies after its message was sent.
func Newest(r io.Reader, loc *time.Location) (time.Time, error) {
	var newest time.Time
	im := NewImporter(nil, ImportOptions{Location: loc})
	for reader := NewReader(r); ; {
		piece, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return newest, nil
		}
		if errors.Is(err, ErrSyntax) || errors.Is(err, ErrTooLong) {
			continue
		}
		if err != nil {
			return newest, err
		}
		m, err := piece.Message()
		if err != nil {
			continue
		}
		p := &mapping{m: m, im: im}
		zone := p.zone()
		sent, from := p.sent()
		for _, s := range m.Segments {
			for _, field := range timeFields[s.Name] {
				t, ok := parseTime(s.Raw(field), zone)
				announced := s.Name == "PV1" && from == "MSH-7" && t.Sub(sent) > vitals.AheadMost
				if ok && !announced && t.After(newest) {
					newest = t
				}
			}
		}
	}
}

// timeFields are the fields from which an import takes times of what has happened.
// EVN-3, PV2-8 and PV2-9 are of what is announced.
var timeFields = map[string][]int{"MSH": {7}, "EVN": {2, 6}, "PID": {29}, "PV1": {44, 45}, "OBR": {7, 22}, "OBX": {14}}
