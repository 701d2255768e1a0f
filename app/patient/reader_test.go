package patient_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// counted is a real record that says how often it was asked, and for how many.
type counted struct {
	*records.Store
	mu    sync.Mutex
	asked []int
}

func (c *counted) Summaries(ctx context.Context, ids []string) (map[string]patient.Summary, error) {
	c.mu.Lock()
	c.asked = append(c.asked, len(ids))
	c.mu.Unlock()
	return c.Store.Summaries(ctx, ids)
}

func (c *counted) take() []int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.asked
	c.asked = nil
	return out
}

// A board that misses the whole ward asks the record once for all of it, however
// many screens miss together; what is in Redis is not asked for
// again, and of a ward that is partly there only the rest.
//
// Seen red with GetMany calling the cache's Get for each.
func TestAWardsMissesAreOneLoad(t *testing.T) {
	const patients = 40
	store, err := records.Open(t.Context(),
		records.Options{Path: filepath.Join(t.TempDir(), "record.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	var ids []string
	err = store.Batch(t.Context(), func(ctx context.Context, b *records.Batch) error {
		if err := b.PutWard(ctx, ward.Ward{ID: "4B"}); err != nil {
			return err
		}
		for n := range patients {
			id := fmt.Sprintf("p%02d", n)
			ids = append(ids, id)
			if err := b.PutPatient(ctx, patient.Summary{Patient: patient.Patient{ID: id, Surname: "S" + id, MRN: id},
				Ward: "4B"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	record := &counted{Store: store}
	server := redistest.Start(t, redistest.Options{})
	reader := func() *patient.Reader {
		client, err := redisx.Open(redisx.Config{Addrs: []string{server.Addr()}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = client.Close() })
		return patient.NewReader(client, record)
	}
	one, two := reader(), reader()
	var group sync.WaitGroup
	for n := range 8 {
		r := []*patient.Reader{one, two}[n%2]
		group.Go(func() {
			got, err := r.GetMany(t.Context(), ids)
			if err != nil || len(got) != patients || got["p07"].Summary.Patient.Surname != "Sp07" {
				t.Errorf("%d summaries: %v", len(got), err)
			}
		})
	}
	group.Wait()
	// One load a process at most: the later one waits for the other's values, for
	// a quarter of a second, and loads them itself if they do not come.
	if loads := record.take(); len(loads) == 0 || len(loads) > 2 || loads[0] > patients {
		t.Errorf("the record was asked for %v", loads)
	}
	if _, err := two.GetMany(t.Context(), ids); err != nil {
		t.Error(err)
	}
	if loads := record.take(); len(loads) != 0 {
		t.Errorf("what Redis holds was asked for: %v", loads)
	}
	if got, err := one.GetMany(t.Context(), append([]string{"new"}, ids...)); err != nil || len(got) != patients {
		t.Errorf("%d summaries: %v", len(got), err)
	}
	if loads := record.take(); len(loads) != 1 || loads[0] != 1 {
		t.Errorf("for one that is not there the record was asked for %v", loads)
	}
}
