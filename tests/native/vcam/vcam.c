// A camera made of a film, for machines without one: loaded with LD_PRELOAD into a program, it
// answers that program's V4L2 calls, so that the camera code of the program runs as it is.
//
//   cc -O2 -shared -fPIC -o libvcam.so vcam.c -ldl
//
//   VCAM_FILM  raw YUYV pictures, one after the other, played over and over; read when the camera
//              is opened. While there is no such file there is no camera; when it is removed the
//              camera has been pulled out.
//   VCAM_SIZE  "640x480", the pictures' size
//   VCAM_RATE  pictures a second
//   VCAM_MOOD  "denied" or "busy": how opening it fails
//
// The program sees one camera, /dev/video42, whatever the machine really has: /dev is listed
// with it and without real ones, and what is told about it in /sys is made up too.
// Calls arrive by ioctl() or by syscall(SYS_ioctl, …), which the v4l crate prefers.

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NODE "/dev/video42"
#define FACTS "/sys/class/video4linux/video42/"
#define NAME "Camera made of a film"
#define MOST_BUFFERS 8

static struct {
  int fd;                  // -1: nobody has it open
  unsigned width, height, rate;
  size_t picture;          // bytes of one picture
  unsigned char *film;     // all pictures
  size_t pictures;         // how many
  unsigned char *buffers;  // shared with the program, which maps the same file
  unsigned buffer_count;
  unsigned queue[MOST_BUFFERS * 2], first, last;  // buffers that wait for a picture
  int streaming;
  unsigned shown;          // pictures so far
  struct timespec due;     // when the next picture is there
} camera = {.fd = -1};

static DIR *listed;        // the listing of /dev that still lacks our camera

static int fail(int error) {
  errno = error;
  return -1;
}

static unsigned number(const char *name, unsigned otherwise) {
  const char *text = getenv(name);
  return text ? (unsigned)atoi(text) : otherwise;
}

static int pulled_out(void) {
  struct stat facts;
  const char *film = getenv("VCAM_FILM");
  return !film || stat(film, &facts) != 0;
}

// ---- opening -----------------------------------------------------------------------------------

static int read_film(void) {
  int file = (int)syscall(SYS_openat, AT_FDCWD, getenv("VCAM_FILM"), O_RDONLY);
  if (file < 0) return fail(ENOENT);
  off_t bytes = lseek(file, 0, SEEK_END);
  void *film = bytes > 0 ? mmap(NULL, (size_t)bytes, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  syscall(SYS_close, file);
  if (film == MAP_FAILED) return fail(EIO);
  camera.film = film;
  camera.pictures = (size_t)bytes / camera.picture;
  return camera.pictures > 0 ? 0 : fail(EIO);
}

static int open_camera(void) {
  const char *mood = getenv("VCAM_MOOD");
  if (mood && !strcmp(mood, "denied")) return fail(EACCES);
  if (camera.fd >= 0 || (mood && !strcmp(mood, "busy"))) return fail(EBUSY);
  if (pulled_out()) return fail(ENOENT);
  camera.width = 640;
  camera.height = 480;
  const char *size = getenv("VCAM_SIZE");
  if (size && sscanf(size, "%ux%u", &camera.width, &camera.height) != 2) return fail(EINVAL);
  camera.rate = number("VCAM_RATE", 30);
  camera.picture = (size_t)camera.width * camera.height * 2;
  if (read_film() != 0) return -1;
  camera.fd = memfd_create("vcam", 0);
  return camera.fd;
}

static int made_up_fact(const char *text) {
  int fd = memfd_create("vcam-fact", 0);
  if (fd >= 0 && write(fd, text, strlen(text)) >= 0) lseek(fd, 0, SEEK_SET);
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  if (path && !strcmp(path, NODE)) return open_camera();
  if (path && !strcmp(path, FACTS "name")) return made_up_fact(NAME "\n");
  if (path && !strcmp(path, FACTS "index")) return made_up_fact("0\n");
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open_any(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open_any(path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
  if (fd >= 0 && fd == camera.fd) {
    camera.fd = -1;
    camera.streaming = 0;
    camera.buffer_count = 0;
    munmap(camera.film, camera.pictures * camera.picture);
  }
  return (int)syscall(SYS_close, fd);
}

// ---- listing -----------------------------------------------------------------------------------

DIR *opendir(const char *path) {
  static DIR *(*real)(const char *);
  if (!real) real = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");
  DIR *folder = real(path);
  if (folder && (!strcmp(path, "/dev") || !strcmp(path, "/dev/"))) listed = folder;
  return folder;
}

struct dirent64 *readdir64(DIR *folder) {
  static struct dirent64 *(*real)(DIR *);
  static struct dirent64 ours = {.d_ino = 42, .d_type = DT_CHR, .d_name = "video42"};
  if (!real) real = (struct dirent64 * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir64");
  struct dirent64 *entry = real(folder);
  if (folder != listed) return entry;
  while (entry && !strncmp(entry->d_name, "video", 5)) entry = real(folder);
  if (entry) return entry;
  listed = NULL;
  ours.d_reclen = sizeof ours;
  return pulled_out() ? NULL : &ours;
}

// ---- one picture after the other ---------------------------------------------------------------

static void wait_for_the_next(void) {
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &camera.due, NULL);
  camera.due.tv_nsec += 1000000000L / camera.rate;
  if (camera.due.tv_nsec >= 1000000000L) {
    camera.due.tv_nsec -= 1000000000L;
    camera.due.tv_sec++;
  }
}

static int hand_out(struct v4l2_buffer *buffer) {
  if (!camera.streaming || camera.first == camera.last) return fail(EAGAIN);
  wait_for_the_next();
  if (pulled_out()) return fail(ENODEV);
  unsigned index = camera.queue[camera.first++ % (MOST_BUFFERS * 2)];
  memcpy(camera.buffers + index * camera.picture,
         camera.film + (camera.shown % camera.pictures) * camera.picture, camera.picture);
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  buffer->index = index;
  buffer->bytesused = buffer->length = (unsigned)camera.picture;
  buffer->m.offset = (unsigned)(index * camera.picture);
  buffer->sequence = camera.shown++;
  buffer->field = V4L2_FIELD_NONE;
  buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
  buffer->timestamp.tv_sec = now.tv_sec;
  buffer->timestamp.tv_usec = now.tv_nsec / 1000;
  return 0;
}

static int make_room(struct v4l2_requestbuffers *wanted) {
  if (wanted->memory != V4L2_MEMORY_MMAP) return fail(EINVAL);
  if (camera.streaming) return fail(EBUSY);
  if (wanted->count > MOST_BUFFERS) wanted->count = MOST_BUFFERS;
  camera.buffer_count = wanted->count;
  camera.first = camera.last = 0;
  if (!wanted->count) return 0;
  size_t bytes = camera.picture * wanted->count;
  if (ftruncate(camera.fd, (off_t)bytes)) return -1;
  camera.buffers = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, camera.fd, 0);
  return camera.buffers == MAP_FAILED ? -1 : 0;
}

// ---- what it can do ----------------------------------------------------------------------------

static int capability(struct v4l2_capability *about) {
  memset(about, 0, sizeof *about);
  strcpy((char *)about->driver, "vcam");
  strcpy((char *)about->card, NAME);
  strcpy((char *)about->bus_info, "preload");
  about->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  about->capabilities = about->device_caps | V4L2_CAP_DEVICE_CAPS;
  return 0;
}

static int only_format(struct v4l2_fmtdesc *about) {
  if (about->index) return fail(EINVAL);
  about->flags = 0;
  strcpy((char *)about->description, "YUYV 4:2:2");
  about->pixelformat = V4L2_PIX_FMT_YUYV;
  return 0;
}

static int only_size(struct v4l2_frmsizeenum *about) {
  if (about->index || about->pixel_format != V4L2_PIX_FMT_YUYV) return fail(EINVAL);
  about->type = V4L2_FRMSIZE_TYPE_DISCRETE;
  about->discrete.width = camera.width;
  about->discrete.height = camera.height;
  return 0;
}

static int only_rate(struct v4l2_frmivalenum *about) {
  if (about->index) return fail(EINVAL);
  about->type = V4L2_FRMIVAL_TYPE_DISCRETE;
  about->discrete.numerator = 1;
  about->discrete.denominator = camera.rate;
  return 0;
}

static int format(struct v4l2_format *about) {
  memset(&about->fmt, 0, sizeof about->fmt);
  about->type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  about->fmt.pix.width = camera.width;
  about->fmt.pix.height = camera.height;
  about->fmt.pix.pixelformat = V4L2_PIX_FMT_YUYV;
  about->fmt.pix.field = V4L2_FIELD_NONE;
  about->fmt.pix.bytesperline = camera.width * 2;
  about->fmt.pix.sizeimage = (unsigned)camera.picture;
  about->fmt.pix.colorspace = V4L2_COLORSPACE_SRGB;
  return 0;
}

static int rate(struct v4l2_streamparm *about) {
  memset(&about->parm, 0, sizeof about->parm);
  about->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
  about->parm.capture.timeperframe.numerator = 1;
  about->parm.capture.timeperframe.denominator = camera.rate;
  about->parm.capture.readbuffers = 4;
  return 0;
}

static int buffer_facts(struct v4l2_buffer *about) {
  if (about->index >= camera.buffer_count) return fail(EINVAL);
  about->length = (unsigned)camera.picture;
  about->m.offset = (unsigned)(about->index * camera.picture);
  about->flags = 0;
  return 0;
}

static int call(unsigned long request, void *about) {
  switch ((unsigned)request) {
    case VIDIOC_QUERYCAP: return capability(about);
    case VIDIOC_ENUM_FMT: return only_format(about);
    case VIDIOC_ENUM_FRAMESIZES: return only_size(about);
    case VIDIOC_ENUM_FRAMEINTERVALS: return only_rate(about);
    case VIDIOC_G_FMT:
    case VIDIOC_S_FMT:
    case VIDIOC_TRY_FMT: return format(about);
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: return rate(about);
    case VIDIOC_REQBUFS: return pulled_out() ? fail(ENODEV) : make_room(about);
    case VIDIOC_QUERYBUF: return buffer_facts(about);
    case VIDIOC_QBUF:
      if (pulled_out()) return fail(ENODEV);
      camera.queue[camera.last++ % (MOST_BUFFERS * 2)] = ((struct v4l2_buffer *)about)->index;
      return 0;
    case VIDIOC_STREAMON:
      camera.streaming = 1;
      clock_gettime(CLOCK_MONOTONIC, &camera.due);
      return 0;
    case VIDIOC_STREAMOFF:
      camera.streaming = 0;
      camera.first = camera.last = 0;
      // Some drivers answer so when the camera is gone, and the v4l crate panics then.
      return pulled_out() ? fail(EIO) : 0;
    case VIDIOC_DQBUF: return hand_out(about);
    default: return fail(ENOTTY);
  }
}

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *about = va_arg(rest, void *);
  va_end(rest);
  if (fd >= 0 && fd == camera.fd) return call(request, about);
  return (int)syscall(SYS_ioctl, fd, request, about);
}

long syscall(long which, ...) {
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  // Nobody knows how many there are; the most a call takes are read and passed on.
  va_list rest;
  va_start(rest, which);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  if (which == SYS_ioctl && camera.fd >= 0 && (int)a[0] == camera.fd)
    return call((unsigned long)a[1], (void *)a[2]);
  return real(which, a[0], a[1], a[2], a[3], a[4], a[5]);
}
