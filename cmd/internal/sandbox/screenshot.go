package sandbox

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"time"
)

// Screenshot returns what the display shows. It reads the X server's frame
// buffer and needs no program; a frame being painted may be seen half done.
func (s *XServer) Screenshot() (image.Image, error) {
	raw, err := os.ReadFile(filepath.Join(s.dir, "Xvfb_screen0"))
	if err != nil {
		return nil, fmt.Errorf("sandbox: screenshot: %w", err)
	}
	return decodeXWD(raw)
}

var errXWD = errors.New("sandbox: not a 32-bit X window dump")

// decodeXWD reads an X window dump, version 7 (XWDFile.h), as Xvfb keeps one:
// a header of 25 big-endian words, the window's name, the colour map, then
// 32-bit pixels in the server's byte order.
func decodeXWD(raw []byte) (image.Image, error) {
	const words = 25
	if len(raw) < 4*words {
		return nil, errXWD
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	var (
		header, version  = word(0), word(1)
		width, height    = word(4), word(5)
		bigEndian, bits  = word(7) != 0, word(11)
		stride, colours  = word(12), word(19)
		start            = header + 12*colours
		red, green, blue = word(14), word(15), word(16)
	)
	if version != 7 || bits != 32 || red != 0xff0000 || green != 0xff00 || blue != 0xff ||
		width <= 0 || width > 1<<14 || height <= 0 || height > 1<<14 || stride < 4*width || stride > 1<<17 ||
		header < 4*words || header > 1<<16 || colours > 1<<16 || len(raw) < start+stride*height {
		return nil, errXWD
	}
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		line := raw[start+y*stride:]
		out := img.Pix[y*img.Stride:]
		for x := range width {
			p := line[4*x : 4*x+4]
			if bigEndian {
				p = []byte{p[3], p[2], p[1], p[0]}
			}
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = p[2], p[1], p[0], 0xff
		}
	}
	return img, nil
}

// Screenshots writes a PNG of the display to path every so often until ctx ends,
// and returns nil then. A reader of path always finds a whole picture.
func Screenshots(ctx context.Context, s *XServer, path string, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.SaveScreenshot(path); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// SaveScreenshot writes one PNG to path, replacing it at once.
func (s *XServer) SaveScreenshot(path string) error {
	img, err := s.Screenshot()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".screenshot-*")
	if err != nil {
		return fmt.Errorf("sandbox: screenshot: %w", err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err = errors.Join(encoder.Encode(f, img), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("sandbox: screenshot: %w", err)
	}
	return nil
}
