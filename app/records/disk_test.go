package records_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// disk is a file system for SQLite over the real one. It fails on order, and it
// knows what of each file was flushed, so that it can show what a power cut at
// any moment would leave.
type disk struct {
	vfs.VFS

	mu    sync.Mutex
	files map[string]*platter
	steps int                        // writes, truncations and flushes so far
	fail  func(step int) error       // nil: nothing fails
	see   func(step int, left state) // nil: nobody looks; gets what a cut leaves
	dice  *rand.Rand
}

// platter is one file: what was flushed, and what was written since.
type platter struct {
	flushed []byte
	since   []change
}

// change is a write, or a truncation where data is nil.
type change struct {
	off  int64
	data []byte
}

// state is the content of each file by its base name.
type state map[string][]byte

func newDisk(t testing.TB, seed uint64) *disk {
	t.Helper()
	d := &disk{VFS: vfs.Find(""), files: map[string]*platter{}, dice: rand.New(rand.NewPCG(seed, 7))}
	name := "disk-" + filepath.Base(t.TempDir()) + t.Name()
	vfs.Register(name, d)
	t.Cleanup(func() { vfs.Unregister(name) })
	diskNames.Store(d, name)
	return d
}

var diskNames sync.Map

func (d *disk) name() string {
	n, _ := diskNames.Load(d)
	return n.(string)
}

func (d *disk) order(fail func(int) error, see func(int, state)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.steps, d.fail, d.see = 0, fail, see
}

// step counts, and says whether the next operation fails.
func (d *disk) step() error {
	d.steps++
	if d.see != nil {
		d.see(d.steps, d.cut())
	}
	if d.fail == nil {
		return nil
	}
	return d.fail(d.steps)
}

// cut is what a power cut now would leave: all that was flushed, and of the rest
// any part, in any order, with writes torn.
func (d *disk) cut() state {
	out := state{}
	lose := d.dice.IntN(4) // 0: all that was not flushed, 1: nothing, else some
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		p := d.files[name]
		left := slices.Clone(p.flushed)
		for _, c := range p.since {
			switch roll := d.dice.IntN(4); {
			case lose == 1:
				left = apply(left, c)
			case lose == 0, roll == 0: // lost
			case roll == 1: // torn
				if len(c.data) > 1 {
					left = apply(left, change{c.off, c.data[:d.dice.IntN(len(c.data))+1]})
				}
			default:
				left = apply(left, c)
			}
		}
		out[name] = left
	}
	return out
}

func apply(to []byte, c change) []byte {
	if c.data == nil {
		return to[:min(int64(len(to)), c.off)]
	}
	if grow := c.off + int64(len(c.data)) - int64(len(to)); grow > 0 {
		to = append(to, make([]byte, grow)...)
	}
	copy(to[c.off:], c.data)
	return to
}

func (d *disk) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return nil, 0, errors.New("files are opened by OpenFilename")
}

func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, out, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil || name == nil {
		return f, out, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	base := filepath.Base(name.String())
	if d.files[base] == nil {
		d.files[base] = &platter{}
		if size, _ := f.Size(); size > 0 {
			d.files[base].flushed = make([]byte, size)
			if n, err := f.ReadAt(d.files[base].flushed, 0); int64(n) != size {
				return nil, 0, errors.Join(err, f.Close())
			}
		}
	}
	return &diskFile{f, d, d.files[base]}, out, nil
}

func (d *disk) Delete(name string, syncDir bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.files, filepath.Base(name))
	return d.VFS.Delete(name, syncDir)
}

type diskFile struct {
	vfs.File
	d *disk
	p *platter
}

// SharedMemory lets SQLite keep the index of its write-ahead log.
func (f *diskFile) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }

func (f *diskFile) WriteAt(b []byte, off int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if err := f.d.step(); err != nil {
		half := b[:len(b)/2] // a disk that fails has often written something
		n, _ := f.File.WriteAt(half, off)
		f.p.since = append(f.p.since, change{off, slices.Clone(half)})
		return n, err
	}
	f.p.since = append(f.p.since, change{off, slices.Clone(b)})
	return f.File.WriteAt(b, off)
}

func (f *diskFile) Truncate(size int64) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if err := f.d.step(); err != nil {
		return err
	}
	f.p.since = append(f.p.since, change{size, nil})
	return f.File.Truncate(size)
}

func (f *diskFile) Sync(flags vfs.SyncFlag) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if err := f.d.step(); err != nil {
		return err
	}
	for _, c := range f.p.since {
		f.p.flushed = apply(f.p.flushed, c)
	}
	f.p.since = nil
	return nil // the model is the disk; flushing the real one would only take time
}

// The ways in which a disk fails.
var (
	errWrite = error(sqlite3.IOERR_WRITE)
	errFull  = error(sqlite3.FULL)
	errSync  = error(sqlite3.IOERR_FSYNC)
)
