def write_gallery(out):
    return out
