package sandbox

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"image"
	"os"
	"path/filepath"
)

// Part looks at a part of a display again and again, to see when it changes. One
// goroutine at a time may use it.
type Part struct {
	file          *os.File
	start, stride int
	area          image.Rectangle
	line          []byte
	seed          maphash.Seed
}

// Part opens a part of what the display shows.
func (s *XServer) Part(area image.Rectangle) (*Part, error) {
	f, err := os.Open(filepath.Join(s.dir, "Xvfb_screen0"))
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	head := make([]byte, 100) // the 25 words of decodeXWD
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(head[4*i:])) }
	return &Part{file: f, start: word(0) + 12*word(19), stride: word(12), area: area,
		line: make([]byte, 4*area.Dx()), seed: maphash.MakeSeed()}, nil
}

// every is how many lines apart the lines are that Sum reads: all of them would
// take longer than a frame.
const every = 6

// Sum stands for what the part shows now. Marks lower than six points may be
// overlooked.
func (p *Part) Sum() (uint64, error) {
	var h maphash.Hash
	h.SetSeed(p.seed)
	for y := p.area.Min.Y; y < p.area.Max.Y; y += every {
		if _, err := p.file.ReadAt(p.line, int64(p.start+y*p.stride+4*p.area.Min.X)); err != nil {
			return 0, fmt.Errorf("sandbox: %w", err)
		}
		_, _ = h.Write(p.line)
	}
	return h.Sum64(), nil
}

// Close gives the display's file back.
func (p *Part) Close() error { return p.file.Close() }
