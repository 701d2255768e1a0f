package audit

import (
	"crypto/ed25519"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Fault is a kind of change that was found.
type Fault string

// The faults.
const (
	Edited         Fault = "edited"             // the line does not match its own hash
	Replaced       Fault = "hash-replaced"      // the line stands as it was, its hash does not
	Moved          Fault = "moved"              // the line stood elsewhere: swapped
	Inserted       Fault = "inserted"           // the line was not written by a program of the record
	Missing        Fault = "missing"            // lines were taken out
	Rewritten      Fault = "rewritten"          // the chain is whole, but not the one that was signed
	CutTail        Fault = "cut-tail"           // lines that a checkpoint covers are not there
	BadSignature   Fault = "bad-signature"      // a checkpoint was not signed by its key
	NoCheckpoint   Fault = "missing-checkpoint" // a checkpoint was taken out
	ForeignKey     Fault = "foreign-key"        // a key that the trail does not name, or not as its writer's
	WrongCheckBind Fault = "foreign-checkpoint" // a checkpoint of another record
)

// Finding is one fault: the lines From to To, or the checkpoint N of a key.
type Finding struct {
	Fault  Fault  `json:"fault"`
	From   int64  `json:"from,omitempty"`
	To     int64  `json:"to,omitempty"`
	Key    string `json:"key,omitempty"`
	N      int64  `json:"n,omitempty"`
	Origin int64  `json:"origin,omitempty"` // where a moved line stood
	// Proven is the newest line before a cut tail that a checkpoint proves.
	// Lines between may have been changed with the cut.
	Proven   int64 `json:"proven,omitempty"`
	Anchored bool  `json:"anchored,omitempty"`
}

// String names the fault and the place in words.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(string(f.Fault))
	switch {
	case f.From != 0 && f.To > f.From:
		fmt.Fprintf(&b, ": lines %d to %d", f.From, f.To)
	case f.From != 0:
		fmt.Fprintf(&b, ": line %d", f.From)
	}
	if f.Origin != 0 {
		fmt.Fprintf(&b, ", which was line %d", f.Origin)
	}
	if f.N != 0 {
		fmt.Fprintf(&b, ": checkpoint %d", f.N)
	}
	if f.Key != "" {
		fmt.Fprintf(&b, " of key %s", f.Key)
	}
	if f.Fault == CutTail {
		fmt.Fprintf(&b, " are gone, what is there is proven up to line %d", f.Proven)
	}
	if f.Anchored {
		b.WriteString(", as kept outside the record")
	}
	return b.String()
}

// Trust is what the reader knows from outside the record.
type Trust struct {
	Record string // the record's identity; "" is not compared
	// Keys are public keys known from elsewhere than the record.
	Keys []ed25519.PublicKey
	// Anchors are checkpoints that were kept elsewhere.
	Anchors []Checkpoint
}

// Report is the outcome of a walk along the trail.
type Report struct {
	Lines       int64     `json:"lines"`
	Checkpoints int64     `json:"checkpoints"`
	Findings    []Finding `json:"findings"`
	More        bool      `json:"more,omitempty"` // there were more findings than [MaxFindings]
	// Unsealed lines come after the newest good checkpoint: that some of them
	// were cut, or more were written to them, would not show.
	Unsealed int64 `json:"unsealed"`
	// Unproven are the IDs of keys that only the record itself vouches for.
	Unproven []string `json:"unproven,omitempty"`
}

// OK reports whether nothing was found.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

// MaxFindings is how many findings a report holds.
const MaxFindings = 100

func (r *Report) add(f Finding) {
	if len(r.Findings) == MaxFindings {
		r.More = true
		return
	}
	r.Findings = append(r.Findings, f)
}

// Verify walks the lines, in their order, against the checkpoints and keys of
// the record and against what is known from outside. The error is that of
// lines; what was changed is in the report.
func Verify(lines iter.Seq2[Line, error], checks []Checkpoint, keys []Key, t Trust) (Report, error) {
	r := Report{Checkpoints: int64(len(checks)), Findings: []Finding{}}
	good := r.signatures(checks, keys, t)
	slices.SortStableFunc(good, func(a, b signed) int { return int(min(1, max(-1, a.Seq-b.Seq))) })
	w := walk{report: &r, named: map[string]string{}}
	sealed, next := int64(0), 0
	for l, err := range lines {
		if err != nil {
			return r, err
		}
		w.step(l)
		for ; next < len(good) && good[next].Seq <= l.Seq; next++ {
			switch c := good[next]; {
			case c.Seq < l.Seq: // its line is missing; that was found
			case c.Hash != l.Hash:
				if !w.off() {
					r.add(Finding{Fault: Rewritten, From: sealed + 1, To: c.Seq, Anchored: c.anchor})
				}
			default:
				sealed = c.Seq
			}
		}
	}
	w.end()
	r.Lines = w.lines
	if n := len(good); n > 0 && good[n-1].Seq > w.last {
		r.add(Finding{Fault: CutTail, From: w.last + 1, To: good[n-1].Seq, Proven: sealed, Anchored: good[n-1].anchor})
	}
	r.Unsealed = max(0, w.last-sealed)
	for _, k := range keys {
		if writer, is := w.named[k.ID]; !is || writer != k.Writer {
			r.add(Finding{Fault: ForeignKey, Key: k.ID})
		}
		delete(w.named, k.ID)
	}
	for id := range w.named { // the chain names it, the record does not hold it
		r.add(Finding{Fault: ForeignKey, Key: id})
	}
	return r, nil
}

// signed is a checkpoint whose signature holds.
type signed struct {
	Checkpoint
	anchor bool
}

// signatures sorts out the checkpoints that may be believed, and finds those
// that are missing: a key numbers its checkpoints without gaps.
func (r *Report) signatures(checks []Checkpoint, keys []Key, t Trust) []signed {
	known := map[string]Key{}
	for _, k := range keys {
		if KeyID(k.Public) != k.ID {
			r.add(Finding{Fault: ForeignKey, Key: k.ID})
			continue
		}
		known[k.ID] = k
		if !slices.ContainsFunc(t.Keys, func(p ed25519.PublicKey) bool { return p.Equal(k.Public) }) {
			r.Unproven = append(r.Unproven, k.ID)
		}
	}
	for _, p := range t.Keys { // also if the record holds it no more
		if id := KeyID(p); known[id].Public == nil {
			known[id] = Key{ID: id, Public: p}
		}
	}
	all := make([]signed, 0, len(checks)+len(t.Anchors))
	for _, c := range checks {
		all = append(all, signed{c, false})
	}
	for _, c := range t.Anchors {
		all = append(all, signed{c, true})
	}
	holds := verifyAll(all, known)
	numbers := map[string][]int64{}
	good := all[:0]
	for i, c := range all {
		f := Finding{Key: c.Key, N: c.N, Anchored: c.anchor}
		if !c.anchor {
			numbers[c.Key] = append(numbers[c.Key], c.N)
		}
		switch {
		case t.Record != "" && c.Record != t.Record:
			f.Fault = WrongCheckBind
			r.add(f)
		case !holds[i]:
			f.Fault = BadSignature
			r.add(f)
		default:
			good = append(good, c)
		}
	}
	for _, c := range good { // what was kept elsewhere must be here as well
		if c.anchor && !slices.Contains(numbers[c.Key], c.N) {
			r.add(Finding{Fault: NoCheckpoint, Key: c.Key, N: c.N, Anchored: true})
		}
	}
	for id, k := range known {
		if k.Writer != "" && len(numbers[id]) == 0 { // a key is written with its first checkpoint
			r.add(Finding{Fault: NoCheckpoint, Key: id, N: 1})
		}
		slices.Sort(numbers[id])
		want := int64(1)
		for _, n := range numbers[id] {
			if n != want {
				r.add(Finding{Fault: NoCheckpoint, Key: id, N: want})
			}
			want = n + 1
		}
	}
	return good
}

// verifyAll checks the signatures, which cost far more than links, on all
// processors.
func verifyAll(all []signed, known map[string]Key) []bool {
	out := make([]bool, len(all))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(all); i += workers {
				k := known[all[i].Key]
				out[i] = all[i].SignedBy(k.Public) && (k.Writer == "" || k.Writer == all[i].Writer)
			}
		})
	}
	wg.Wait()
	return out
}
