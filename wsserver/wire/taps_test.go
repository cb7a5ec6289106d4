package wire

import (
	"bytes"
	"testing"
	"time"
)

// frames are what a tap sees of a stream that comes in pieces, whose lengths are in chops; 0 is
// for one piece. The times are left out.
func frames(stream []byte, chops uint16) (seen []Frame) {
	t := tap{in: true, see: func(f Frame) {
		f.Time = time.Time{}
		seen = append(seen, f)
	}}
	for len(stream) > 0 {
		n := len(stream)
		if chops > 0 {
			chops = chops>>3 | chops<<13
			n = min(n, int(chops&7)+1)
		}
		t.write(stream[:n])
		stream = stream[n:]
	}
	return seen
}

func TestTap(t *testing.T) {
	t.Parallel()
	long := bytes.Repeat([]byte("long "), 1000)
	first, second, third := masked(0x01, "hé"), masked(0x89, ""), masked(0x80, string(long))
	for _, chops := range []uint16{0, 1, 0xffff, 0x1234} {
		seen := frames(bytes.Join([][]byte{first, second, third, third[:20]}, nil), chops)
		if len(seen) != 3 {
			t.Fatalf("saw %d frames, want 3: %+v", len(seen), seen)
		}
		for i, want := range [][]byte{first, second, third} {
			f := seen[i]
			if got := append(bytes.Clone(f.Raw), f.Payload...); !bytes.HasPrefix(want, got) || len(f.Payload) != min(sampleSize, int(f.Header.Length)) {
				t.Errorf("frame %d is %x, want %d bytes of payload of %x", i, got, sampleSize, want)
			}
			if f.Header.Masked != true || !f.In || f.Header.Opcode != want[0]&15 {
				t.Errorf("frame %d is %+v", i, f)
			}
		}
	}
}

// After what is no frame there are no frames.
func TestTapLost(t *testing.T) {
	t.Parallel()
	header := encode(Header{Fin: true, Opcode: OpBinary, Length: 1 << 63}, 8)
	if seen := frames(append(header, masked(0x81, "text")...), 0); len(seen) != 1 || seen[0].Header.Length != 1<<63 {
		t.Errorf("saw %+v", seen)
	}
}

// FuzzTap checks that it makes no difference in what pieces a stream comes, and that what is seen
// is what was there.
func FuzzTap(f *testing.F) {
	for i, s := range streams {
		f.Add([]byte(s), uint16(i*0x2357+1))
	}
	f.Fuzz(func(t *testing.T, stream []byte, chops uint16) {
		whole, pieces := frames(stream, 0), frames(stream, chops|1)
		if len(whole) != len(pieces) {
			t.Fatalf("%x: %d frames in one piece, %d in many", stream, len(whole), len(pieces))
		}
		rest := stream
		for i, f := range whole {
			g := pieces[i]
			if f.Header != g.Header || !bytes.Equal(f.Raw, g.Raw) || !bytes.Equal(f.Payload, g.Payload) {
				t.Fatalf("%x: frame %d is %+v in one piece, %+v in many", stream, i, f, g)
			}
			if !bytes.HasPrefix(rest, append(bytes.Clone(f.Raw), f.Payload...)) {
				t.Fatalf("%x: frame %d, %+v, is not what was there", stream, i, f)
			}
			rest = rest[min(uint64(len(rest)), uint64(f.Header.Size)+f.Header.Length):]
		}
	})
}
