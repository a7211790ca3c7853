"""Reads the frames of `bench-scan` with zbar, ZXing-C++ and OpenCV.

python3 scan_peers.py SITE FRAMES: SITE holds the wheels, FRAMES the .pgm files and `index.tsv`
(name and text). Prints a line for every reader and frame: reader, frame, 1 or 0, milliseconds;
for a reader that is not to be had: `skipped`, reader, why.
"""

import sys
import time

SITE, FRAMES = sys.argv[1:3]
sys.path.insert(0, SITE)


def zbar():
    from pyzbar import pyzbar

    only = [pyzbar.ZBarSymbol.QRCODE]
    return lambda image: [r.data.decode("utf-8", "replace") for r in pyzbar.decode(image, symbols=only)]


def zxing():
    import zxingcpp

    only = zxingcpp.BarcodeFormat.QRCode
    return lambda image: [r.text for r in zxingcpp.read_barcodes(image, formats=only)]


def opencv():
    import cv2

    cv2.setNumThreads(1)  # as the others
    detector = cv2.QRCodeDetectorAruco()

    def read(image):
        try:
            return detector.detectAndDecodeMulti(image)[1]
        except cv2.error:  # it has assertions of its own
            return []

    return read


def pixels(name):
    import numpy

    with open(f"{FRAMES}/{name}.pgm", "rb") as file:
        file.readline()
        width, height = map(int, file.readline().split())
        file.readline()
        return numpy.frombuffer(file.read(), numpy.uint8).reshape(height, width)


def main():
    readers = {}
    for name, make in [("zbar", zbar), ("ZXing-C++", zxing), ("OpenCV", opencv)]:
        try:
            readers[name] = make()
        except Exception as problem:  # not installed, or a library of the system is missing
            print("skipped", name, str(problem).splitlines()[0], sep="\t")
    with open(f"{FRAMES}/index.tsv", encoding="utf-8") as index:
        frames = [line.rstrip("\n").split("\t") for line in index]
    for frame, text in frames:
        image = pixels(frame)
        for name, read in readers.items():
            start = time.perf_counter()
            right = text in read(image)
            print(name, frame, int(right), (time.perf_counter() - start) * 1000, sep="\t")


main()
