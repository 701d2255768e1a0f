package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
)

// Line is an event as it stands in the trail, with its link.
type Line struct {
	Event
	Hash string // [Link] of the line before and of this event
}

// Link is the hash of one line and of the hash before it ("" before the first).
// Times count in whole microseconds, as the record keeps them. Every field
// carries its length, so that no two lines have one form.
func Link(prev string, e Event) string {
	var room [512]byte
	b := room[:0]
	switch {
	case e.Address != "":
		b = append(b, "wardlight line 3\n"...)
	case e.Writer != "": // a line of a program that knew no addresses
		b = append(b, "wardlight line 2\n"...)
	default: // nor writers
		return firstLink(prev, e)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Version))
	texts := [...]string{prev, e.Writer, e.ID, e.Actor, e.Role, e.Station, e.Session, string(e.Action),
		e.Patient, e.Object, string(e.Outcome), string(e.Purpose), e.Reason, e.Address}
	n := len(texts)
	if e.Address == "" {
		n--
	}
	for _, s := range texts[:n] {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// firstLink is the link of the first form of lines, which had neither writer,
// nor ID, nor purpose.
func firstLink(prev string, e Event) string {
	b, _ := json.Marshal([]any{prev, e.Seq, e.At.UnixMicro(), e.Actor, e.Role, e.Station, e.Session, e.Action,
		e.Patient, e.Object, e.Version, e.Outcome, e.Reason}) // texts and integers always marshal
	if e.ID != "" || e.Purpose != "" { // fields that its hash does not cover
		b = append(b, e.ID+"\x00"+string(e.Purpose)...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
