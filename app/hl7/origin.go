package hl7

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Origin tells a message from all others, and says where it comes from.
type Origin struct {
	Key     string    // see [Key]
	Source  string    // MSH-3 and MSH-4: the sending application and facility
	Control string    // MSH-10
	Kind    string    // MSH-9: "ADT^A01"
	Sent    time.Time // MSH-7; zero if it does not say
}

// origin is where the message comes from.
func (p *mapping) origin() Origin {
	msh := p.m.First("MSH")
	o := Origin{Key: p.key, Source: source(msh), Control: msh.Text(10, 1), Kind: typeOf(p.m)}
	if at, field := p.sent(); field == "MSH-7" {
		o.Sent = at
	}
	return o
}

// source names a sender as values show it.
func source(msh Segment) string { return strings.Trim(msh.Text(3, 1)+" "+msh.Text(4, 1), " ") }

// Key tells messages apart: sending application and facility, control ID and
// content. The control ID alone is not enough: senders start over.
func Key(m *Message, raw []byte) string {
	msh := m.First("MSH")
	content := sha256.Sum256(raw)
	sum := sha256.Sum256(
		[]byte(msh.Raw(3) + "|" + msh.Raw(4) + "|" + msh.Raw(10) + "|" + hex.EncodeToString(content[:])),
	)
	return hex.EncodeToString(sum[:])
}
